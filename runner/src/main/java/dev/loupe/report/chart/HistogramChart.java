package dev.loupe.report.chart;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;

/**
 * How the numbers along the last axis spread. Exact zeros are counted apart, as most activations are; undefined numbers
 * are said.
 */
final class HistogramChart implements Chart {
    private static final double HEIGHT = 220;
    private static final double BOTTOM = 44;
    private static final double LEFT = 58;
    /** More panels than this are pooled, last axes first. */
    private static final int MOST_PANELS = 12;
    /** What the words at the mark of chance take. */
    private static final double MARK = 90;

    @Override
    public boolean fits(List<Axis> axes) {
        return !axes.isEmpty();
    }

    @Override
    public Drawing draw(Quantity quantity, Scene scene, PageDetail detail) {
        Plotted plotted = Plotted.of(quantity);
        List<Axis> axes = plotted.axes();
        int pooled = Math.min(1, axes.size());
        while (pooled < axes.size() && plotted.slices(pooled).size() > MOST_PANELS) {
            pooled++;
        }
        List<Plotted.Slice> slices = plotted.slices(pooled);
        List<Drawing.Panel> panels = new ArrayList<>();
        for (Plotted.Slice slice : slices) {
            panels.add(new Drawing.Panel(slice.title(), panel(plotted, slice, slices.size() > 1 ? 440 : 640)));
        }
        List<String> notes = new ArrayList<>(List.of("Exact zeros are counted separately, in the text."));
        if (pooled > 1) {
            List<String> together = axes.subList(axes.size() - pooled, axes.size()).stream()
                    .map(Axis::name)
                    .toList();
            notes.add("A panel counts the numbers of every " + Count.list(together) + " together.");
        }
        return new Drawing(panels, slices.size() > 1 ? 2 : 1, null, notes);
    }

    private static String panel(Plotted plotted, Plotted.Slice slice, double width) {
        int zeros = 0;
        int undefined = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        List<Double> values = new ArrayList<>();
        for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
            double value = plotted.values()[i];
            if (!Double.isFinite(value)) {
                undefined++;
            } else if (value == 0) {
                zeros++;
            } else {
                values.add(value);
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        Scale x = Scale.nice(low, high, LEFT, width - 16);
        int bins = (int) MapChart.clamp(Math.ceil(Math.sqrt(values.size()) * 1.2), 5, 48);
        int[] counts = new int[bins];
        for (double value : values) {
            counts[(int) Math.min(bins - 1, Math.floor((value - x.low()) / (x.high() - x.low()) * bins))]++;
        }
        int most = 1;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        Scale y = Scale.nice(0, most, HEIGHT - BOTTOM, 30);
        String words = Count.of(values.size(), "value") + " other than zero, " + Count.of(zeros, "exact zero")
                + (undefined > 0 ? ", " + undefined + " undefined" : "");
        Svg svg = new Svg(width, HEIGHT, ChartDescription.describe(plotted, slice, "Histogram") + " " + words + ".");
        svg.label("tick", LEFT, 14, words);
        for (double tick : y.ticks(4)) {
            svg.line(tick == 0 ? "zero" : "grid", LEFT, y.at(tick), width - 16, y.at(tick));
            svg.label("tick end", LEFT - 8, y.at(tick) + 4, y.tickText(tick, 4));
        }
        for (double tick : x.ticks(6)) {
            svg.label("tick mid", x.at(tick), HEIGHT - BOTTOM + 17, x.tickText(tick, 6));
        }
        double step = (x.to() - x.from()) / bins;
        svg.open("g").attr("class", "bar c0");
        for (int b = 0; b < bins; b++) {
            if (counts[b] > 0) {
                double from = x.low() + (x.high() - x.low()) * b / bins;
                double to = x.low() + (x.high() - x.low()) * (b + 1) / bins;
                svg.open("rect")
                        .attr("x", x.from() + b * step + 0.5)
                        .attr("y", y.at(counts[b]))
                        .attr("width", step - 1)
                        .attr("height", y.at(0) - y.at(counts[b]));
                svg.hint(counts[b] + " in " + Numbers.interval(from, to)).end();
            }
        }
        svg.end();
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        for (double edge : chance == null ? new double[0] : chance.edges()) {
            if (edge >= x.low() && edge <= x.high()) {
                svg.line("chance", x.at(edge), 22, x.at(edge), HEIGHT - BOTTOM);
                boolean right = x.at(edge) + MARK > width;
                svg.label(
                        right ? "tick end" : "tick", x.at(edge) + (right ? -4 : 4), 30, "chance " + Numbers.show(edge));
            }
        }
        String axis = plotted.quantity().unit().isEmpty()
                ? "value"
                : plotted.quantity().unit();
        svg.label("axis mid", (LEFT + width - 16) / 2, HEIGHT - 8, axis);
        return svg.done();
    }
}
