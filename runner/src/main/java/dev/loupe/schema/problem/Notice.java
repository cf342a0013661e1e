package dev.loupe.schema.problem;

import dev.loupe.text.VisibleText;
import java.util.Locale;

/**
 * Something to know about a file that can be used as it is, written {@code file:line:column warning[code] message}.
 *
 * @param code a kebab-case word that names the kind of notice and never changes ({@code old-key})
 */
public record Notice(Level level, SourceLocation mark, String code, String message) {
    /** Whether something should be changed. */
    public enum Level {
        /** It should. */
        WARNING,
        /** It says what the file does, which those who ask about the file want to see. */
        NOTE
    }

    @Override
    public String toString() {
        return VisibleText.line(mark + " " + level.name().toLowerCase(Locale.ROOT) + "[" + code + "] " + message);
    }
}
