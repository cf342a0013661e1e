package dev.loupe.report;

/** The bar that says which colour is which number, with the chance level marked on it. */
final class ColourLegend {
    private ColourLegend() {}

    static String svg(ColourScale colours, String unit, double chance) {
        double width = 260;
        double pad = 24;
        Scale scale = new Scale(colours.bottom(), colours.top(), pad, pad + width);
        int first = colours.diverging() ? -ColourScale.STEPS : 0;
        int count = ColourScale.STEPS - first + 1;
        boolean marked = chance > colours.bottom() && chance < colours.top();
        Svg svg = new Svg(
                width + 2 * pad + 170,
                marked ? 58 : 42,
                "Colour scale from " + Numbers.show(colours.bottom()) + " to " + Numbers.show(colours.top()));
        double top = marked ? 18 : 2;
        for (int i = 0; i < count; i++) {
            double value = colours.top() * (first + i) / ColourScale.STEPS;
            svg.rect("ramp " + colours.step(value), pad + width * i / count, top, width / count + 0.4, 12)
                    .end();
        }
        svg.rect("frame", pad, top, width, 12).end();
        int about = 4;
        while (scale.ticks(about).size() < 3) {
            about++;
        }
        for (double tick : scale.ticks(about)) {
            svg.line("tickline", scale.at(tick), top + 12, scale.at(tick), top + 16);
            svg.label("tick mid", scale.at(tick), top + 29, scale.tickText(tick, about));
        }
        if (!unit.isEmpty()) {
            svg.label("tick", pad + width + 12, top + 11, unit);
        }
        if (marked) {
            svg.line("chance", scale.at(chance), top - 4, scale.at(chance), top + 14);
            svg.label("tick mid", scale.at(chance), top - 7, "chance " + Numbers.show(chance));
        }
        return svg.done();
    }
}
