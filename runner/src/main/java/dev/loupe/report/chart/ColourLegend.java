package dev.loupe.report.chart;

import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.NullBand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bar that says which colour is which number, with where chance ends and with baselines marked on it. */
public final class ColourLegend {
    private static final double WIDTH = 260;
    private static final double NARROW = 176;

    /** From so many figures beside one another on a scale of the usual width would be shrunk until nobody can read it. */
    private static final int MANY = 3;

    private static final double PAD = 24;
    private static final double LETTER = 6.4;

    private ColourLegend() {}

    private record Mark(String text, double value, boolean chance) {}

    /** @param chance where chance ends, null where no null was drawn */
    public static String svg(
            ColourScale colours, String unit, @Nullable NullBand chance, List<Baselines.Mark> baselines) {
        return svg(colours, unit, chance, baselines, 1);
    }

    /** @param columns how many figures stand side by side: where they are many, the unit is below the scale */
    static String svg(
            ColourScale colours, String unit, @Nullable NullBand chance, List<Baselines.Mark> baselines, int columns) {
        boolean narrow = columns >= MANY;
        double wide = narrow ? NARROW : WIDTH;
        Scale scale = new Scale(colours.bottom(), colours.top(), PAD, PAD + wide);
        List<Mark> marks = marks(colours, chance, baselines);
        double top = marks.isEmpty() ? 2 : 18;
        Svg svg = new Svg(
                narrow
                        ? Math.max(wide + 2 * PAD, PAD + unit.length() * LETTER)
                        : wide + 2 * PAD + 20 + unit.length() * LETTER,
                top + (narrow && !unit.isEmpty() ? 50 : 40),
                "Colour scale from " + Numbers.show(colours.bottom()) + " to " + Numbers.show(colours.top()));
        int first = colours.diverging() ? -ColourScale.STEPS : 0;
        int count = ColourScale.STEPS - first + 1;
        for (int i = 0; i < count; i++) {
            double value = colours.centre() + colours.reach() * (first + i) / ColourScale.STEPS;
            svg.rect("ramp " + colours.step(value), PAD + wide * i / count, top, wide / count + 0.4, 12)
                    .end();
        }
        svg.rect("frame", PAD, top, wide, 12).end();
        int about = 4;
        while (scale.ticks(about).size() < 3) {
            about++;
        }
        for (double tick : scale.ticks(about)) {
            svg.line("tickline", scale.at(tick), top + 12, scale.at(tick), top + 16);
            svg.label("tick mid", scale.at(tick), top + 29, scale.tickText(tick, about));
        }
        if (narrow && !unit.isEmpty()) {
            svg.label("tick", PAD, top + 44, unit);
        } else if (!unit.isEmpty()) {
            svg.label("tick", PAD + wide + 12, top + 11, unit);
        }
        double taken = 0;
        for (Mark mark : marks) {
            double x = scale.at(mark.value());
            svg.line(mark.chance() ? "chance" : "base", x, top - 4, x, top + 14);
            double half = mark.text().length() * LETTER / 2;
            // A label that would lie on the one before it is left out; the caption has every number.
            if (x - half > taken) {
                svg.label("tick mid", x, top - 7, mark.text());
                taken = x + half + 6;
            }
        }
        return svg.done();
    }

    private static List<Mark> marks(ColourScale colours, @Nullable NullBand chance, List<Baselines.Mark> baselines) {
        List<Mark> marks = new ArrayList<>();
        double[] edges = chance == null ? new double[0] : chance.edges();
        for (double edge : edges) {
            boolean last = edge == edges[edges.length - 1];
            marks.add(
                    new Mark(last ? (edges.length > 1 ? "chance ±" : "chance ") + Numbers.show(edge) : "", edge, true));
        }
        baselines.forEach(
                base -> marks.add(new Mark(base.name() + " " + Numbers.show(base.value()), base.value(), false)));
        marks.removeIf(mark -> mark.value() < colours.bottom() || mark.value() > colours.top());
        marks.sort(Comparator.comparingDouble(Mark::value));
        return marks;
    }
}
