package dev.loupe.cli;

import java.nio.file.Path;

/** The project's own folder: where experiments/, models/ and the launcher lie. */
final class Home {
    private Home() {}

    /** Set by the launcher; without it the current folder. */
    static Path folder() {
        return Path.of(System.getProperty("loupe.home", "")).toAbsolutePath().normalize();
    }
}
