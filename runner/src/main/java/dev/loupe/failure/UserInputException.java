package dev.loupe.failure;

import org.jspecify.annotations.Nullable;

/**
 * What the user gave is wrong: a spec, an option, a file of theirs. The message names the file, the place, what is wrong
 * and what was meant; it is shown as it is, without a stack trace, and the program ends with exit code 2.
 */
public class UserInputException extends RuntimeException {
    public UserInputException(String message) {
        super(message);
    }

    public UserInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
