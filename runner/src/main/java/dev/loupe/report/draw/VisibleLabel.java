package dev.loupe.report.draw;

import dev.loupe.text.HiddenCharacters;

/**
 * Text in which nothing hides: newlines, tabs, other controls, marks that turn the direction of writing, zero-width
 * characters and broken surrogates are written out. Hostile text must not rearrange the page around it.
 */
public final class VisibleLabel {
    private VisibleLabel() {}

    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\n') {
                out.append('↵');
            } else if (c == '\r') {
                out.append('␍');
            } else if (c == '\t') {
                out.append('→');
            } else if (c < 0x20) {
                out.append((char) (0x2400 + c));
            } else if (hides(c)) {
                out.append(String.format("‹U+%04X›", c));
            } else {
                out.appendCodePoint(c);
            }
        }
        return out.toString();
    }

    private static boolean hides(int c) {
        int type = Character.getType(c);
        return HiddenCharacters.hides(c)
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || (type == Character.SPACE_SEPARATOR && c != ' ');
    }
}
