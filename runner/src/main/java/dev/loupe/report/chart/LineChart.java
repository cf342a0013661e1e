package dev.loupe.report.chart;

import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines along the last axis: each series with its interval as a band, seeds as thin lines under their mean, the chance
 * level as a shaded floor.
 */
final class LineChart implements Chart {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 270;
    private static final double LEFT = 58;
    private static final double TOP = 12;
    private static final double BOTTOM = 44;

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
    public Drawing draw(Quantity quantity, List<Artifact> others, PageDetail detail) {
        return DrawBand.drawn(quantity)
                ? new LineChart(DrawBand.of(quantity)).draw(DrawBand.averaged(quantity), true)
                : new LineChart(DrawBand.beneath(quantity, others)).draw(quantity, false);
    }

    private Drawing draw(Quantity quantity, boolean alone) {
        SeriesLayout layout = SeriesLayout.of(quantity);
        double[] range = layout.range(false);
        if (beneath != null) {
            range[0] = Math.min(range[0], Arrays.stream(beneath.low()).min().orElse(range[0]));
            range[1] = Math.max(range[1], Arrays.stream(beneath.high()).max().orElse(range[1]));
        }
        List<Drawing.Panel> panels = new ArrayList<>();
        List<Plotted.Slice> slices = layout.plotted().slices(layout.inner());
        double width = slices.size() > 1 ? 470 : WIDTH;
        for (Plotted.Slice slice : slices) {
            panels.add(new Drawing.Panel(slice.title(), panel(layout, slice, range, width)));
        }
        List<String> caption = new ArrayList<>();
        if (layout.seedCount() > 1) {
            caption.add("Thin lines show single seeds (" + layout.seedCount() + "), thick ones their mean.");
        }
        if (quantity.interval() != null) {
            caption.add(
                    layout.seedCount() > 1
                            ? "Whiskers of single seeds are in the data table."
                            : "Bands show intervals.");
        }
        if (beneath != null) {
            caption.add(beneath.caption(alone));
        }
        return new Drawing(panels, slices.size() > 1 ? 2 : 1, null, caption);
    }

    private String panel(SeriesLayout layout, Plotted.Slice slice, double[] range, double width) {
        Plotted plotted = layout.plotted();
        double names = layout.series() == null ? 0 : Math.min(150, 7 * longestName(layout) + 10);
        // Half of the last label stands beyond its tick.
        double right = Math.max(18 + names, 4 + 3.6 * MapChart.longest(layout.along()));
        Scale y = Scale.nice(range[0], range[1], HEIGHT - BOTTOM, TOP);
        AlongAxis across = AlongAxis.of(layout.along(), LEFT + 6, width - right);
        double[] xs = new double[layout.along().size()];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = across.at(layout.along(), i);
        }
        Svg svg = new Svg(
                width,
                HEIGHT,
                ChartDescription.describe(
                        plotted, slice, "Lines along " + layout.along().name()));
        for (double tick : y.ticks(5)) {
            svg.line(tick == 0 ? "zero" : "grid", LEFT, y.at(tick), width - right, y.at(tick));
            svg.label("tick end", LEFT - 8, y.at(tick) + 4, y.tickText(tick, 5));
        }
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        if (chance != null) {
            ChanceMarks.up(svg, chance, y, LEFT, width - right);
            svg.label("tick end", width - right - 4, y.at(chance.edge()) - 5, "chance: " + ChanceWords.edge(chance));
        }
        if (beneath != null) {
            shade(svg, beneath, across, y);
        }
        xTicks(svg, layout, xs, across.logarithmic());
        svg.label(
                "axis mid",
                (LEFT + width - right) / 2,
                HEIGHT - 6,
                layout.along().name() + (across.logarithmic() ? ", logarithmic" : ""));
        if (!plotted.quantity().unit().isEmpty()) {
            svg.open("text")
                    .attr("class", "axis mid")
                    .attr("transform", "translate(13 " + Svg.num((TOP + HEIGHT - BOTTOM) / 2) + ") rotate(-90)")
                    .text(plotted.quantity().unit())
                    .end();
        }
        for (int s = 0; s < layout.seriesCount(); s++) {
            series(svg, layout, slice, s, xs, y);
        }
        endLabels(svg, layout, slice, xs, y);
        return svg.done();
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

    /** Round numbers along a dense numeric axis, else as many labels as fit. */
    private static void xTicks(Svg svg, SeriesLayout layout, double[] xs, boolean logarithmic) {
        List<String> labels = layout.along().labels();
        if (Plotted.isNumeric(layout.along()) && labels.size() > 12 && !logarithmic) {
            Scale scale = new Scale(
                    Double.parseDouble(labels.get(0)),
                    Double.parseDouble(labels.get(labels.size() - 1)),
                    xs[0],
                    xs[xs.length - 1]);
            if (scale.low() < scale.high()) {
                for (double tick : scale.ticks(8)) {
                    xTick(svg, scale.at(tick), scale.tickText(tick, 8));
                }
                return;
            }
        }
        double taken = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < xs.length; i++) {
            String text = VisibleLabel.of(labels.get(i));
            double half = text.length() * 3.4;
            if (xs[i] - half > taken + 8) {
                xTick(svg, xs[i], text);
                taken = xs[i] + half;
            }
        }
    }

    private static void xTick(Svg svg, double x, String text) {
        svg.line("tickline", x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 4);
        svg.label("tick mid", x, HEIGHT - BOTTOM + 17, text);
    }

    private static void series(Svg svg, SeriesLayout layout, Plotted.Slice slice, int s, double[] xs, Scale y) {
        Plotted plotted = layout.plotted();
        String colour = " c" + s % 8 + (s >= 8 ? " dashed" : "");
        if (layout.seedCount() == 1 && plotted.low() != null && plotted.high() != null) {
            band(svg, layout, slice, s, xs, y, plotted.low(), plotted.high());
        }
        if (layout.seedCount() > 1) {
            for (int repeat = 0; repeat < layout.seedCount(); repeat++) {
                double[] values = new double[xs.length];
                for (int i = 0; i < xs.length; i++) {
                    values[i] = plotted.values()[layout.flat(slice, s, repeat, i)];
                }
                svg.path("thin" + colour, line(xs, values, y));
            }
        }
        double[] means = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            means[i] = layout.mean(slice, s, i);
        }
        svg.path("line" + colour, line(xs, means, y));
        if (xs.length * layout.seriesCount() <= 400) {
            for (int i = 0; i < xs.length; i++) {
                if (!Double.isNaN(means[i])) {
                    int flat = layout.flat(slice, s, 0, i);
                    String hint = layout.seedCount() == 1
                            ? plotted.hint(flat)
                            : layout.seriesName(s) + " " + Plotted.named(layout.along(), i) + ": "
                                    + Numbers.show(means[i]) + ", mean of " + layout.seedCount() + " seeds";
                    svg.circle(
                            (xs.length <= 30 ? "dot" : "ghost") + colour,
                            xs[i],
                            y.at(means[i]),
                            xs.length <= 30 ? 3 : 5);
                    svg.hint(hint.strip()).end();
                }
            }
        }
    }

    private static void band(
            Svg svg,
            SeriesLayout layout,
            Plotted.Slice slice,
            int s,
            double[] xs,
            Scale y,
            double[] low,
            double[] high) {
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
            svg.path("band c" + s % 8, forth.append(back).append('Z').toString());
        }
    }

    /** A path that is interrupted where a number is undefined. */
    private static String line(double[] xs, double[] values, Scale y) {
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < xs.length; i++) {
            if (Double.isFinite(values[i])) {
                path.append(down ? "L" : "M").append(point(xs[i], y.at(values[i])));
                down = true;
            } else {
                down = false;
            }
        }
        return path.toString();
    }

    private static String point(double x, double y) {
        return Svg.num(x) + " " + Svg.num(y);
    }

    private static int longestName(SeriesLayout layout) {
        int longest = 0;
        for (int s = 0; s < layout.seriesCount(); s++) {
            longest = Math.max(longest, layout.seriesName(s).length());
        }
        return longest;
    }

    private record End(int s, double y) {}

    /** Names at the line ends, pushed apart where they would overlap. */
    private static void endLabels(Svg svg, SeriesLayout layout, Plotted.Slice slice, double[] xs, Scale y) {
        if (layout.series() == null) {
            return;
        }
        List<End> ends = new ArrayList<>();
        for (int s = 0; s < layout.seriesCount(); s++) {
            for (int i = xs.length - 1; i >= 0; i--) {
                double value = layout.mean(slice, s, i);
                if (Double.isFinite(value)) {
                    ends.add(new End(s, y.at(value)));
                    break;
                }
            }
        }
        ends.sort(Comparator.comparingDouble(End::y));
        double[] at = new double[ends.size()];
        double lowest = HEIGHT - BOTTOM + 4;
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.max(ends.get(i).y(), i == 0 ? TOP : at[i - 1] + 14);
        }
        for (int i = at.length - 1; i >= 0; i--) {
            at[i] = Math.min(at[i], i == at.length - 1 ? lowest : at[i + 1] - 14);
        }
        double x = xs[xs.length - 1];
        for (int i = 0; i < at.length; i++) {
            String name = layout.seriesName(ends.get(i).s());
            svg.label("name c" + ends.get(i).s() % 8, x + 10, at[i] + 4, name);
        }
    }
}
