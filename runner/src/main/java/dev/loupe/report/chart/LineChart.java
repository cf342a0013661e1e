package dev.loupe.report.chart;

import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Polyline;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Lines along the last axis: each series with its interval as a band, seeds as thin lines under their mean, the chance
 * level as a shaded floor.
 */
final class LineChart implements Chart {
    private static final double WIDTH = 640;
    private static final double NARROW = 470;
    private static final double HEIGHT = 270;
    private static final double LEFT = 58;
    private static final double TOP = 12;
    private static final double BOTTOM = 44;

    /** How high letters of a label are. */
    private static final double LETTERS = 12;

    /** More repeats than this are dots. */
    private static final int MOST_THIN = 8;

    /** So many points of a line are drawn as dots. */
    private static final int MOST_DOTS = 30;

    /** Of more lines than this none is broadened: many that begin alike would become a beam. */
    private static final int MOST_BROAD = 4;

    /** A line that is nowhere further than so many pixels from a later one cannot be seen beneath it. */
    private static final double HIDDEN = 2.5;

    private final @Nullable DrawBand beneath;

    LineChart() {
        this(null);
    }

    /** @param beneath what random draws gave along the same axis */
    private LineChart(@Nullable DrawBand beneath) {
        this.beneath = beneath;
    }

    @Override
    public boolean fits(List<Axis> axes) {
        return !axes.isEmpty();
    }

    @Override
    public Drawing draw(Quantity quantity, Scene scene, PageDetail detail) {
        return DrawBand.drawn(quantity)
                ? new LineChart(DrawBand.of(quantity)).draw(DrawBand.averaged(quantity), Scene.ALONE, true)
                : new LineChart(DrawBand.beneath(quantity, scene.others())).draw(quantity, scene, false);
    }

    private Drawing draw(Quantity quantity, Scene scene, boolean alone) {
        SeriesLayout layout = SeriesLayout.of(quantity, true);
        double[] range = layout.range(false);
        for (Quantity other : scene.sharing(quantity)) {
            double[] theirs = SeriesLayout.range(Plotted.of(other), false);
            range = new double[] {Math.min(range[0], theirs[0]), Math.max(range[1], theirs[1])};
        }
        if (beneath != null) {
            range[0] = Math.min(range[0], Arrays.stream(beneath.low()).min().orElse(range[0]));
            range[1] = Math.max(range[1], Arrays.stream(beneath.high()).max().orElse(range[1]));
        }
        List<Drawing.Panel> panels = new ArrayList<>();
        List<Plotted.Slice> slices = layout.plotted().slices(layout.inner());
        double width = slices.size() > 1 || scene.columns() > 1 ? NARROW : WIDTH;
        for (Plotted.Slice slice : slices) {
            panels.add(new Drawing.Panel(slice.title(), panel(layout, slice, range, width)));
        }
        List<String> caption = new ArrayList<>();
        if (layout.repeatCount() > 1) {
            caption.add((layout.repeatCount() > MOST_THIN ? "Dots show" : "Thin lines show") + " single networks ("
                    + layout.repeatWords() + "), thick lines their mean.");
        }
        if (quantity.interval() != null) {
            caption.add(
                    layout.repeatCount() > 1
                            ? "Intervals of single networks are in the data table."
                            : "Bands show intervals.");
        }
        if (layout.focused()) {
            caption.add(
                    "Named are the " + SeriesLayout.MOST_NAMED + " that reach farthest; grey lines are the others.");
        }
        if (AlongAxis.of(layout.along(), 0, 1).zero()) {
            caption.add("A logarithmic axis has no 0: 0 is drawn apart, at the left edge.");
        }
        if (beneath != null) {
            caption.add(beneath.caption(alone));
        }
        return new Drawing(panels, slices.size() > 1 ? 2 : 1, null, caption);
    }

    private String panel(SeriesLayout layout, Plotted.Slice slice, double[] range, double width) {
        Plotted plotted = layout.plotted();
        boolean key = layout.series() != null && EndLabels.longest(layout) > EndLabels.MOST_LETTERS;
        double names = layout.series() == null || key ? 0 : 7 * EndLabels.longest(layout) + 10;
        // Half of the last label stands beyond its tick.
        double right = Math.max(18 + names, 4 + 3.6 * MapLabels.longest(layout.along()));
        Scale y = Scale.nice(range[0], range[1], HEIGHT - BOTTOM, TOP);
        AlongAxis across = AlongAxis.of(layout.along(), LEFT + 6, width - right);
        double[] xs = new double[layout.along().size()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = across.at(layout.along(), i);
        }
        Svg svg = new Svg(
                width,
                HEIGHT + (key ? EndLabels.keyHeight(layout, slice) : 0),
                ChartDescription.describe(
                        plotted, slice, "Lines along " + layout.along().name()));
        if (AxisKind.training(layout.along())) {
            StepMarks.lines(svg, layout.along(), xs, TOP, HEIGHT - BOTTOM);
        }
        for (double tick : y.ticks(5)) {
            svg.line(tick == 0 ? "zero" : "grid", LEFT, y.at(tick), width - right, y.at(tick));
            svg.label("tick end", LEFT - 8, y.at(tick) + 4, y.tickText(tick, 5));
        }
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        if (chance != null) {
            ChanceMarks.up(svg, chance, y, LEFT, width - right);
            boolean left = crossed(layout, slice, xs, y, chance.edge(), false)
                    && !crossed(layout, slice, xs, y, chance.edge(), true);
            svg.label(
                    left ? "tick" : "tick end",
                    left ? LEFT + 4 : width - right - 4,
                    y.at(chance.edge()) - 5,
                    "chance: " + ChanceWords.edge(chance));
        }
        if (beneath != null) {
            shade(svg, beneath, across, y);
        }
        LineTicks.along(svg, layout.along(), across, xs, HEIGHT - BOTTOM);
        svg.label(
                "axis mid",
                (LEFT + width - right) / 2,
                HEIGHT - 6,
                MapLabels.words(layout.along().name()) + (across.logarithmic() ? ", logarithmic" : ""));
        if (!plotted.quantity().unit().isEmpty()) {
            svg.open("text")
                    .attr("class", "axis mid")
                    .attr("transform", "translate(13 " + Svg.num((TOP + HEIGHT - BOTTOM) / 2) + ") rotate(-90)")
                    .text(plotted.quantity().unit())
                    .end();
        }
        for (int s = 0; s < layout.seriesCount(); s++) {
            if (!layout.named(slice, s)) {
                svg.path("rest", line(xs, means(layout, slice, s, xs.length), y));
            }
        }
        for (int s = 0; s < layout.seriesCount(); s++) {
            if (layout.named(slice, s)) {
                series(svg, layout, slice, s, xs, y);
            }
        }
        if (key) {
            EndLabels.key(svg, layout, slice, LEFT, HEIGHT, width);
        } else {
            EndLabels.draw(svg, layout, slice, xs, y, HEIGHT - BOTTOM - 4);
        }
        return svg.done();
    }

    /** Whether a line passes where the words about chance would stand: above its edge, in one half of the picture. */
    private static boolean crossed(
            SeriesLayout layout, Plotted.Slice slice, double[] xs, Scale y, double edge, boolean left) {
        double bottom = y.at(edge) - 3;
        double middle = (xs[0] + xs[xs.length - 1]) / 2;
        for (int s = 0; s < layout.seriesCount(); s++) {
            double[] line = means(layout, slice, s, xs.length);
            for (int i = 1; i < xs.length; i++) {
                double from = y.at(line[i - 1]);
                double to = y.at(line[i]);
                if ((left ? xs[i - 1] < middle : xs[i] > middle)
                        && Math.min(from, to) < bottom
                        && Math.max(from, to) > bottom - LETTERS) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void shade(Svg svg, DrawBand band, AlongAxis across, Scale y) {
        StringBuilder forth = new StringBuilder();
        StringBuilder back = new StringBuilder();
        StringBuilder middle = new StringBuilder();
        for (int i = 0; i < band.along().size(); i++) {
            if (Double.isFinite(band.mean()[i])) {
                double x = across.at(band.along(), i);
                String step = forth.isEmpty() ? "M" : "L";
                forth.append(step).append(point(x, y.at(band.high()[i])));
                middle.append(step).append(point(x, y.at(band.mean()[i])));
                back.insert(0, "L" + point(x, y.at(band.low()[i])));
            }
        }
        if (!forth.isEmpty()) {
            svg.path("chanceband", forth.append(back).append('Z').toString());
            svg.path("chance", middle.toString());
        }
    }

    private static void series(Svg svg, SeriesLayout layout, Plotted.Slice slice, int s, double[] xs, Scale y) {
        Plotted plotted = layout.plotted();
        int colours = layout.colour(slice, s);
        String colour = " c" + colours % 8 + (colours >= 8 ? " dashed" : "");
        if (layout.repeatCount() == 1 && plotted.low() != null && plotted.high() != null) {
            band(svg, layout, slice, s, xs, y, plotted.low(), plotted.high(), "band c" + colours % 8);
        }
        if (layout.repeatCount() > 1) {
            repeats(svg, layout, slice, s, xs, y, colour);
        }
        double[] means = means(layout, slice, s, xs.length);
        svg.path((covered(layout, slice, s, means, y) ? "line under" : "line") + colour, line(xs, means, y));
        // Along a training the page's script says the numbers of a step, so that very many points need no words of
        // their own.
        boolean said = xs.length > MOST_DOTS && AxisKind.training(layout.along());
        if (!said && xs.length * Math.min(layout.seriesCount(), SeriesLayout.MOST_SERIES) <= 400) {
            for (int i = 0; i < xs.length; i++) {
                if (!Double.isNaN(means[i])) {
                    int flat = layout.flat(slice, s, 0, i);
                    String hint = layout.repeatCount() == 1
                            ? plotted.hint(flat)
                            : layout.seriesName(s) + " " + Plotted.named(layout.along(), i) + ": "
                                    + layout.said(slice, s, i);
                    svg.circle(
                            (xs.length <= MOST_DOTS ? "dot" : "ghost") + colour,
                            xs[i],
                            y.at(means[i]),
                            xs.length <= MOST_DOTS ? 3 : 5);
                    svg.hint(hint.strip()).end();
                }
            }
        }
    }

    /** Whether a line of few that is drawn later hides this one: then this one is broader, so that both are seen. */
    private static boolean covered(SeriesLayout layout, Plotted.Slice slice, int s, double[] means, Scale y) {
        for (int later = s + 1; layout.seriesCount() <= MOST_BROAD && later < layout.seriesCount(); later++) {
            double[] other = means(layout, slice, later, means.length);
            long apart = IntStream.range(0, means.length)
                    .filter(i -> !(Math.abs(y.at(means[i]) - y.at(other[i])) <= HIDDEN))
                    .count();
            if (apart * 10 <= means.length) {
                return true;
            }
        }
        return false;
    }

    /** Few repeats as thin lines, many as dots. */
    private static void repeats(
            Svg svg, SeriesLayout layout, Plotted.Slice slice, int s, double[] xs, Scale y, String colour) {
        boolean dots = layout.repeatCount() > MOST_THIN;
        if (dots) {
            svg.open("g").attr("class", "repeats" + colour);
        }
        for (int repeat = 0; repeat < layout.repeatCount(); repeat++) {
            double[] values = new double[xs.length];
            for (int i = 0; i < xs.length; i++) {
                values[i] = layout.plotted().values()[layout.flat(slice, s, repeat, i)];
                if (dots && Double.isFinite(values[i])) {
                    svg.open("circle")
                            .attr("cx", xs[i])
                            .attr("cy", y.at(values[i]))
                            .end();
                }
            }
            if (!dots) {
                svg.path("thin" + colour, line(xs, values, y));
            }
        }
        if (dots) {
            svg.end();
        }
    }

    private static double[] means(SeriesLayout layout, Plotted.Slice slice, int s, int n) {
        double[] means = new double[n];
        for (int i = 0; i < n; i++) {
            means[i] = layout.mean(slice, s, i);
        }
        return means;
    }

    private static void band(
            Svg svg,
            SeriesLayout layout,
            Plotted.Slice slice,
            int s,
            double[] xs,
            Scale y,
            double[] low,
            double[] high,
            String style) {
        StringBuilder forth = new StringBuilder();
        StringBuilder back = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            int flat = layout.flat(slice, s, 0, i);
            if (Double.isFinite(low[flat]) && Double.isFinite(high[flat])) {
                forth.append(forth.isEmpty() ? "M" : "L").append(point(xs[i], y.at(high[flat])));
                back.insert(0, "L" + point(xs[i], y.at(low[flat])));
            }
        }
        if (!forth.isEmpty()) {
            svg.path(style, forth.append(back).append('Z').toString());
        }
    }

    /** A path that is interrupted where a number is undefined. */
    private static String line(double[] xs, double[] values, Scale y) {
        Polyline path = new Polyline();
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(values[i])) {
                path.to(xs[i], y.at(values[i]));
            } else {
                path.gap();
            }
        }
        return path.path();
    }

    private static String point(double x, double y) {
        return Svg.num(x) + " " + Svg.num(y);
    }
}
