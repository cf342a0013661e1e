package dev.loupe.report.chart;

import dev.loupe.result.NullBand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bar that says which colour is which number, with the chance level marked on it. */
public final class ColourLegend {
    private ColourLegend() {}

    /** @param chance where chance ends, null where no null was drawn */
    public static String svg(ColourScale colours, String unit, @Nullable NullBand chance) {
        double width = 260;
        double pad = 24;
        Scale scale = new Scale(colours.bottom(), colours.top(), pad, pad + width);
        int first = colours.diverging() ? -ColourScale.STEPS : 0;
        int count = ColourScale.STEPS - first + 1;
        double[] edges = Arrays.stream(chance == null ? new double[0] : chance.edges())
                .filter(edge -> edge > colours.bottom() && edge < colours.top())
                .toArray();
        boolean marked = edges.length > 0;
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
        for (double edge : edges) {
            svg.line("chance", scale.at(edge), top - 4, scale.at(edge), top + 14);
        }
        if (marked) {
            double edge = edges[edges.length - 1];
            svg.label(
                    "tick mid",
                    scale.at(edge),
                    top - 7,
                    (edges.length > 1 ? "chance ±" : "chance ") + Numbers.show(edge));
        }
        return svg.done();
    }
}
