package dev.loupe.text;

/** Which characters a reader cannot see although they change what is shown (Unicode's general categories, and a few more). */
public final class HiddenCharacters {
    /** Marks that may stand on one letter; more of them are a flood that paints over the lines around it. */
    static final int MOST_MARKS = 8;

    static final int ZERO_WIDTH_JOINER = 0x200D;

    private HiddenCharacters() {}

    /**
     * Whether a code point is a control (C0, DEL, C1), a format character (zero width, direction of writing, byte order
     * mark, tag), a line or paragraph separator, half of a surrogate pair, or a letter without a picture.
     */
    public static boolean hides(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || c >= 0xE0000 && c <= 0xE0FFF
                || isFiller(c);
    }

    /** Hangul fillers and the combining grapheme joiner: letters and marks by category, and always blank. */
    private static boolean isFiller(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x034F;
    }

    static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** What a zero width joiner may join: pictures, their colours of skin, and the selector that asks for a picture. */
    static boolean isPictograph(int c) {
        return Character.getType(c) == Character.OTHER_SYMBOL || c == 0xFE0F || c >= 0x1F3FB && c <= 0x1F3FF;
    }

    /** {@code <U+001B>}. */
    static String written(int c) {
        return String.format("<U+%04X>", c);
    }
}
