package dev.loupe.report.chart;

import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.NullBand;

/** A find beside every draw of its null, on one line: the quickest answer to "could that be chance?". */
public final class NullStrip {
    private static final double WIDTH = 640;
    private static final double PAD = 20;

    /** Of a letter at the size of a tick's label. */
    private static final double LETTER = 6.6;

    private NullStrip() {}

    /**
     * Labels have rows of their own: the find above, ticks below, and what is shaded below them.
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
        Svg svg = new Svg(WIDTH, 78, "Chance: " + edge + "; found: " + Numbers.show(found) + ".");
        double y = 34;
        svg.line("zero", x.from(), y, x.to(), y);
        for (double tick : x.ticks(6)) {
            svg.line("tickline", x.at(tick), y, x.at(tick), y + 4);
            svg.label("tick mid", x.at(tick), y + 20, x.tickText(tick, 6));
        }
        ChanceMarks.across(svg, chance, x, y - 10, y + 10);
        for (double draw : chance.draws()) {
            if (Double.isFinite(draw)) {
                svg.line("draw", x.at(draw), y - 8, x.at(draw), y + 8);
            }
        }
        double at = x.at(found);
        svg.path("found", "M" + Svg.num(at) + " " + Svg.num(y - 8) + "l7 8l-7 8l-7-8z");
        String label = "found " + where;
        // The label begins at the find, or further left where it would not end on the picture.
        double from = Math.max(2, Math.min(at - 8, WIDTH - 2 - LETTER * label.length()));
        svg.label("tick strong", from, 14, label);
        svg.label("tick", x.from(), y + 40, "shaded: chance; " + edge);
        return svg.done();
    }
}
