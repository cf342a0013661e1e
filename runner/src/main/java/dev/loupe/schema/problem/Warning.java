package dev.loupe.schema.problem;

import dev.loupe.text.VisibleText;

/**
 * Something in a file that should be changed although it can still be used, written
 * {@code file:line:column warning[code] message}.
 *
 * @param code a kebab-case word that names the kind of warning and never changes ({@code old-key})
 */
public record Warning(SourceLocation mark, String code, String message) {
    @Override
    public String toString() {
        return VisibleText.line(mark + " warning[" + code + "] " + message);
    }
}
