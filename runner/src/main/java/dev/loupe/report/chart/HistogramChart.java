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
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How the numbers along the last axis spread. Exact zeros are counted apart, as most activations are; undefined numbers
 * are said. Panels that differ in the model alone (seed, step) have the same bins and scales, which reach as far as chance does.
 */
final class HistogramChart implements Chart {
    private static final double HEIGHT = 220;
    private static final double BOTTOM = 44;
    private static final double LEFT = 58;
    /** More panels than this are pooled, last axes first. */
    private static final int MOST_PANELS = 12;
    /** Where a quarter of the bars are lower than the highest one by so much, they would be invisible on an even scale. */
    private static final int STEEP = 100;
    /** What the words at the mark of chance take. */
    private static final double MARK = 90;

    @Override
    public boolean fits(List<Axis> axes) {
        return !axes.isEmpty();
    }

    @Override
    public boolean isCounted() {
        return true;
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
        NullBand chance = ChanceMarks.shown(quantity);
        double[] edges = chance == null ? new double[0] : chance.edges();
        double width = slices.size() > 1 ? 440 : 640;
        Map<List<Integer>, Bins> bins = new HashMap<>();
        slices.stream()
                .collect(Collectors.groupingBy(HistogramChart::question))
                .forEach((question, same) -> bins.put(
                        question,
                        Bins.of(
                                same.stream()
                                        .map(slice -> Sorted.of(plotted, slice))
                                        .toList(),
                                edges)));
        List<Drawing.Panel> panels = new ArrayList<>();
        for (Plotted.Slice slice : slices) {
            Bins shared = Objects.requireNonNull(bins.get(question(slice)));
            panels.add(new Drawing.Panel(slice.title(), panel(plotted, slice, shared, edges, width)));
        }
        List<String> notes = new ArrayList<>(List.of("Exact zeros are counted separately, in the text."));
        if (bins.values().stream().anyMatch(Bins::steep)) {
            notes.add("The scale of the counts is logarithmic.");
        }
        if (pooled > 1) {
            List<String> together = axes.subList(axes.size() - pooled, axes.size()).stream()
                    .map(Axis::name)
                    .toList();
            notes.add("A panel counts the numbers of every " + Count.list(together) + " together.");
        }
        return new Drawing(panels, slices.size() > 1 ? 2 : 1, null, notes);
    }

    /** What a panel is about, whatever the model. */
    private static List<Integer> question(Plotted.Slice slice) {
        return IntStream.range(0, slice.outer().size())
                .filter(i -> !AxisKind.family(slice.outer().get(i)))
                .mapToObj(i -> slice.at()[i])
                .toList();
    }

    /** The numbers of a panel: those other than zero, and how many are none of these. */
    private record Sorted(List<Double> values, int zeros, int undefined) {
        static Sorted of(Plotted plotted, Plotted.Slice slice) {
            List<Double> values = new ArrayList<>();
            int zeros = 0;
            int undefined = 0;
            for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
                double value = plotted.values()[i];
                if (!Double.isFinite(value)) {
                    undefined++;
                } else if (value == 0) {
                    zeros++;
                } else {
                    values.add(value);
                }
            }
            return new Sorted(values, zeros, undefined);
        }
    }

    /**
     * What panels beside each other have in common.
     *
     * @param low where the first bin begins
     * @param high where the last ends
     * @param most the largest count of a bin in any panel
     * @param steep whether counts are drawn by their logarithms
     */
    private record Bins(double low, double high, int number, int most, boolean steep) {
        static Bins of(List<Sorted> panels, double[] edges) {
            DoubleSummaryStatistics all = panels.stream()
                    .flatMap(panel -> panel.values().stream())
                    .mapToDouble(value -> value)
                    .summaryStatistics();
            if (all.getCount() > 0) {
                Arrays.stream(edges).filter(Double::isFinite).forEach(all);
            }
            // The ends do not depend on the width of a panel.
            Scale ends = Scale.nice(all.getMin(), all.getMax(), 0, 1);
            int largest = panels.stream()
                    .mapToInt(panel -> panel.values().size())
                    .max()
                    .orElse(0);
            Bins bins = new Bins(
                    ends.low(),
                    ends.high(),
                    (int) MapChart.clamp(Math.ceil(Math.sqrt(largest) * 1.2), 5, 48),
                    1,
                    false);
            int[] counts = panels.stream()
                    .flatMapToInt(panel -> Arrays.stream(bins.counts(panel)))
                    .filter(count -> count > 0)
                    .sorted()
                    .toArray();
            int most = counts.length == 0 ? 1 : counts[counts.length - 1];
            boolean steep = counts.length > 0 && most > STEEP * counts[counts.length / 4];
            return new Bins(bins.low(), bins.high(), bins.number(), most, steep);
        }

        Scale scale() {
            return steep
                    ? new Scale(Math.log10(0.5), Math.log10(most) + 0.1, HEIGHT - BOTTOM, 30)
                    : Scale.nice(0, most, HEIGHT - BOTTOM, 30);
        }

        /** Where a count stands on the scale; a bin without any has no bar. */
        double place(double count) {
            return !steep ? count : Math.log10(Math.max(0.5, count));
        }

        List<Double> ticks() {
            return steep
                    ? IntStream.rangeClosed(0, (int) Math.log10(most))
                            .mapToObj(power -> Math.pow(10, power))
                            .toList()
                    : scale().ticks(4).stream()
                            .filter(tick -> tick == Math.rint(tick))
                            .toList();
        }

        int[] counts(Sorted panel) {
            int[] counts = new int[number];
            for (double value : panel.values()) {
                counts[(int) Math.min(number - 1, Math.floor((value - low) / (high - low) * number))]++;
            }
            return counts;
        }
    }

    private static String panel(Plotted plotted, Plotted.Slice slice, Bins bins, double[] edges, double width) {
        Sorted sorted = Sorted.of(plotted, slice);
        int[] counts = bins.counts(sorted);
        Scale x = new Scale(bins.low(), bins.high(), LEFT, width - 16);
        Scale y = bins.scale();
        double floor = HEIGHT - BOTTOM;
        String words = Count.of(sorted.values().size(), "value") + " other than zero, "
                + Count.of(sorted.zeros(), "exact zero")
                + (sorted.undefined() > 0 ? ", " + sorted.undefined() + " undefined" : "");
        Svg svg = new Svg(width, HEIGHT, ChartDescription.describe(plotted, slice, "Histogram") + " " + words + ".");
        svg.label("tick", LEFT, 14, words);
        for (double tick : bins.ticks()) {
            double at = y.at(bins.place(tick));
            svg.line(tick == 0 ? "zero" : "grid", LEFT, at, width - 16, at);
            svg.label("tick end", LEFT - 8, at + 4, Numbers.show(tick));
        }
        if (bins.steep()) {
            svg.line("zero", LEFT, floor, width - 16, floor);
        }
        for (double tick : x.ticks(6)) {
            svg.centred("tick mid", x.at(tick), HEIGHT - BOTTOM + 17, x.tickText(tick, 6));
        }
        double step = (x.to() - x.from()) / bins.number();
        svg.open("g").attr("class", "bar c0");
        for (int b = 0; b < bins.number(); b++) {
            if (counts[b] > 0) {
                double from = x.low() + (x.high() - x.low()) * b / bins.number();
                double to = x.low() + (x.high() - x.low()) * (b + 1) / bins.number();
                svg.open("rect")
                        .attr("x", x.from() + b * step + 0.5)
                        .attr("y", y.at(bins.place(counts[b])))
                        .attr("width", step - 1)
                        .attr("height", floor - y.at(bins.place(counts[b])));
                svg.hint(counts[b] + " in " + Numbers.interval(from, to)).end();
            }
        }
        svg.end();
        for (double edge : edges) {
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
        svg.open("text")
                .attr("class", "axis mid")
                .attr("transform", "translate(13 " + Svg.num((30 + floor) / 2) + ") rotate(-90)")
                .text("count")
                .end();
        return svg.done();
    }
}
