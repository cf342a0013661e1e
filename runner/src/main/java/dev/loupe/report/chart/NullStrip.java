package dev.loupe.report.chart;

import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.NullBand;
import java.util.ArrayList;
import java.util.List;

/** A find beside every draw of its null, on one line: the quickest answer to "could that be chance?". */
public final class NullStrip {
    /** Narrow enough for a phone, where its letters are larger. */
    private static final double WIDTH = 480;

    private static final double PAD = 20;

    /** Of a letter on a phone, and what one line holds of them. */
    private static final double LETTER = 8;

    private static final int LETTERS = (int) ((WIDTH - 4) / LETTER);
    private static final double LINE = 16;

    private NullStrip() {}

    /**
     * Labels have lines of their own: the find above, ticks below, and what is shaded below them.
     *
     * @param where the find in words
     */
    public static String svg(NullBand chance, double found, String where) {
        double low = Math.min(0, found);
        double high = Math.max(0, found);
        for (double draw : chance.draws()) {
            if (Double.isFinite(draw)) {
                low = Math.min(low, draw);
                high = Math.max(high, draw);
            }
        }
        Scale x = Scale.nice(low, high, PAD, WIDTH - PAD);
        String edge = ChanceWords.edge(chance);
        List<String> above = lines("found " + where);
        List<String> below = lines("shaded: chance; " + edge);
        double y = 18 + LINE * above.size();
        Svg svg = new Svg(
                WIDTH, y + 28 + LINE * below.size(), "Chance: " + edge + "; found: " + Numbers.show(found) + ".");
        svg.line("zero", x.from(), y, x.to(), y);
        for (double tick : x.ticks(5)) {
            svg.line("tickline", x.at(tick), y, x.at(tick), y + 4);
            svg.centred("tick mid", x.at(tick), y + 20, x.tickText(tick, 5));
        }
        ChanceMarks.across(svg, chance, x, y - 10, y + 10);
        for (double draw : chance.draws()) {
            if (Double.isFinite(draw)) {
                svg.line("draw", x.at(draw), y - 8, x.at(draw), y + 8);
            }
        }
        double at = x.at(found);
        svg.path("found", "M" + Svg.num(at) + " " + Svg.num(y - 8) + "l7 8l-7 8l-7-8z");
        // The label begins at the find, or further left where it would not end on the picture.
        int longest = above.stream().mapToInt(String::length).max().orElse(0);
        double from = Math.max(2, Math.min(at - 8, WIDTH - 2 - LETTER * longest));
        for (int i = 0; i < above.size(); i++) {
            svg.label("tick strong", from, 14 + LINE * i, above.get(i));
        }
        for (int i = 0; i < below.size(); i++) {
            svg.label("tick", 2, y + 38 + LINE * i, below.get(i));
        }
        return svg.done();
    }

    /** A text in lines that fit; a word that is longer than a line is cut where the line ends. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LETTERS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (line.length() > LETTERS) {
                lines.add(line.substring(0, LETTERS));
                line.delete(0, LETTERS);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
