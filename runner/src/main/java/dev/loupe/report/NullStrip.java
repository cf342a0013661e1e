package dev.loupe.report;

import dev.loupe.result.NullBand;

/** A find beside every draw of its null, on one line: the quickest answer to "could that be chance?". */
final class NullStrip {
    private NullStrip() {}

    static String svg(NullBand chance, double found, String where) {
        double width = 640;
        double low = Math.min(0, found);
        double high = Math.max(0, found);
        for (double draw : chance.draws()) {
            if (Double.isFinite(draw)) {
                low = Math.min(low, draw);
                high = Math.max(high, draw);
            }
        }
        Scale x = Scale.nice(low, high, 20, width - 20);
        Svg svg = new Svg(
                width,
                58,
                chance.draws().length + " draws of the null, 99 % of them below " + Numbers.show(chance.quantile99())
                        + "; found: " + Numbers.show(found) + ".");
        double y = 34;
        svg.line("zero", x.from(), y, x.to(), y);
        for (double tick : x.ticks(6)) {
            svg.line("tickline", x.at(tick), y, x.at(tick), y + 4);
            svg.label("tick mid", x.at(tick), y + 18, x.tickText(tick, 6));
        }
        if (Double.isFinite(chance.quantile99())) {
            svg.rect("chanceband", x.from(), y - 10, Math.max(1, x.at(chance.quantile99()) - x.from()), 20)
                    .end();
        }
        for (double draw : chance.draws()) {
            if (Double.isFinite(draw)) {
                svg.line("draw", x.at(draw), y - 8, x.at(draw), y + 8);
            }
        }
        double at = x.at(found);
        svg.path("found", "M" + Svg.num(at) + " " + Svg.num(y - 8) + "l7 8l-7 8l-7-8z");
        boolean right = at > width * 0.6;
        svg.label(right ? "tick end strong" : "tick strong", at + (right ? 8 : -8), 14, "found " + where);
        svg.label("tick", x.from(), 14, chance.draws().length + " draws of chance");
        return svg.done();
    }
}
