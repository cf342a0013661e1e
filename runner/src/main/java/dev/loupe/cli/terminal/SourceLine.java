package dev.loupe.cli.terminal;

import dev.loupe.text.Columns;
import dev.loupe.text.VisibleText;

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
    private static final String TAB = "    ";

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
            columns += Columns.of(shown);
        }
        caret = place == to ? columns : caret;
        return new SourceLine(text.append(to < points.length ? CUT : "").toString(), caret);
    }

    private static String visible(int point) {
        return point == '\t' ? TAB : VisibleText.line(Character.toString(point));
    }
}
