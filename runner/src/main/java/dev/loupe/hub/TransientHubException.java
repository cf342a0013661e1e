package dev.loupe.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Trouble that may be over at the next attempt: a busy hub, a connection that broke or stalled. */
final class TransientHubException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Duration wait;

    TransientHubException(String message, @Nullable Duration wait) {
        super(message);
        this.wait = wait;
    }

    TransientHubException(String message, Throwable cause) {
        super(message, cause);
        this.wait = null;
    }

    /** Whether there was no connection at all. */
    boolean unreachable() {
        return getCause() instanceof ConnectException;
    }

    /** How long the hub asked to wait, null where it did not. */
    @Nullable
    Duration asked() {
        return wait;
    }
}
