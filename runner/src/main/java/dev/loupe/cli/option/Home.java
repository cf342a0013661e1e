package dev.loupe.cli.option;

import java.nio.file.Path;
import java.util.Map;

/** The project's own folder: where experiments/, models/ and the launcher lie. */
public final class Home {
    private Home() {}

    /** Set by the launcher; without it the current folder. */
    public static Path folder() {
        return Path.of(System.getProperty("loupe.home", "")).toAbsolutePath().normalize();
    }

    /** Where weights go that a run has to train first: LOUPE_CACHE, else the user's cache folder. */
    public static Path cache(Map<String, String> environment) {
        String named = environment.get("LOUPE_CACHE");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        String shared = environment.get("XDG_CACHE_HOME");
        Path base = shared != null && !shared.isBlank()
                ? Path.of(shared)
                : Path.of(System.getProperty("user.home", ".")).resolve(".cache");
        return base.resolve("loupe").resolve("models");
    }
}
