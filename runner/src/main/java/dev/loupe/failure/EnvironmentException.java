package dev.loupe.failure;

import org.jspecify.annotations.Nullable;

/**
 * What surrounds the program fails: disk full, weights missing, hub unreachable, no such device. The message says what
 * was wanted and what would mend it; it is shown as it is, and the program ends with exit code 3.
 */
public class EnvironmentException extends RuntimeException {
    public EnvironmentException(String message) {
        super(message);
    }

    public EnvironmentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
