package dev.loupe.text;

import java.util.ArrayList;
import java.util.List;

/** Text in the columns of a terminal: Chinese, Japanese and Korean letters and pictures take two, marks none. */
public final class Columns {
    /** First and last code points that take two columns (Unicode's East Asian Width W and F, by block). */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF01, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF},
        {0x1FA70, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };

    private Columns() {}

    /** How many columns a text takes in one line. */
    public static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    private static int of(int c) {
        if (HiddenCharacters.isMark(c) || c == HiddenCharacters.ZERO_WIDTH_JOINER) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** The beginning of a text that fits; the whole where it does. */
    public static String cut(String text, int columns) {
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            used += of(c);
            if (used > columns) {
                return text.substring(0, i);
            }
            i += Character.charCount(c);
        }
        return text;
    }

    /** The text with spaces after it up to a number of columns. */
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    /**
     * Lines of at most so many columns, broken at white space; newlines are white space too. At least one line. A word that
     * is wider than a line stays whole, so that paths can be copied, unless it has letters of two columns, which need no
     * spaces between words.
     */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : text.strip().split("\\s+")) {
            for (String piece : pieces(word, columns)) {
                int width = of(piece);
                if (used > 0 && used + 1 + width > columns) {
                    lines.add(line.toString());
                    line.setLength(0);
                    used = 0;
                }
                line.append(used == 0 ? "" : " ").append(piece);
                used += width + (used == 0 ? 0 : 1);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> pieces(String word, int columns) {
        if (of(word) <= columns || word.codePoints().noneMatch(c -> of(c) == 2)) {
            return List.of(word);
        }
        List<String> pieces = new ArrayList<>();
        for (String rest = word; !rest.isEmpty(); ) {
            String piece = cut(rest, Math.max(2, columns));
            pieces.add(piece);
            rest = rest.substring(piece.length());
        }
        return pieces;
    }
}
