package dev.loupe.cli;

/**
 * One line of a file as it may be printed: no character in it moves the cursor or turns the direction of writing, and a long
 * line is cut around the place that matters.
 *
 * @param text the line
 * @param caret how many columns stand before the place
 */
record SourceLine(String text, int caret) {
    private static final int BEFORE = 60;
    private static final int AFTER = 40;
    private static final String CUT = "...";

    /** @param column of the place, in code points from 1; one past the end is allowed */
    static SourceLine of(String line, int column) {
        int[] points = line.codePoints().toArray();
        int place = Math.max(0, Math.min(column - 1, points.length));
        int from = Math.max(0, place - BEFORE);
        int to = Math.min(points.length, Math.max(place + AFTER, from + BEFORE + AFTER));
        StringBuilder text = new StringBuilder(from > 0 ? CUT : "");
        int caret = 0;
        int columns = text.length();
        for (int i = from; i < to; i++) {
            caret = i == place ? columns : caret;
            String shown = visible(points[i]);
            text.append(shown);
            columns += shown.length() > 2 ? shown.length() : width(points[i], shown);
        }
        caret = place == to ? columns : caret;
        return new SourceLine(text.append(to < points.length ? CUT : "").toString(), caret);
    }

    private static int width(int point, String shown) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return Character.isIdeographic(point) || wide(point) ? 2 : shown.codePointCount(0, shown.length());
    }

    /** Scripts and signs that terminals draw two columns wide (Unicode Standard Annex 11, the common ranges). */
    private static boolean wide(int point) {
        return point >= 0x1100 && point <= 0x115F
                || point >= 0x2E80 && point <= 0xA4CF
                || point >= 0xAC00 && point <= 0xD7A3
                || point >= 0xFE30 && point <= 0xFE6F
                || point >= 0xFF00 && point <= 0xFF60
                || point >= 0x1F300 && point <= 0x1FAFF;
    }

    private static String visible(int point) {
        if (point == '\t') {
            return "    ";
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> String.format("\\u{%x}", point);
            default -> Character.toString(point);
        };
    }
}
