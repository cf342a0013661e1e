package dev.loupe.resolve.model;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.hub.Pull;
import java.io.IOException;

/** Files of a hub that a spec cannot be checked without, and that are not on this disk. */
public abstract class NotDownloaded extends EnvironmentException {
    private static final long serialVersionUID = 1L;

    NotDownloaded(String message) {
        super(message);
    }

    /** What is missing, for lists. */
    public abstract String label();

    /** Brings it. */
    public abstract void fetch(Pull pull) throws IOException;
}
