package dev.loupe.report.models;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Scene;
import dev.loupe.report.draw.Embedded;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.report.draw.TrainingLabel;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.ModelFacts;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One number of each model against its size, on a logarithmic axis.
 *
 * @param size what the size is
 */
record SizePlot(String title, String size, String unit, List<Point> points) {
    private static final double WIDTH = 478;
    private static final double HEIGHT = 220;
    private static final double LEFT = 58;
    private static final double TOP = 10;
    private static final double BOTTOM = 44;
    private static final double LETTER = 7;
    private static final int MOST = 8;
    private static final double LEAST_RANGE = 1.5;

    /** Widths of networks that were trained side by side are axes of a result. */
    private static final Set<String> WIDTHS = Set.of("hidden", "d_mlp", "width");

    /** @param rows how many rows the value is a mean of; empty where no interval says it */
    record Point(String model, double size, double value, double low, double high, String rows) {}

    /** A plot for each thing that was measured in models of at least two sizes. */
    static List<SizePlot> of(List<NamedRun> runs) {
        Map<List<Object>, SizePlot> plots = new LinkedHashMap<>();
        for (NamedRun run : runs) {
            Map<String, Double> sizes = new HashMap<>();
            for (ModelFacts facts : run.result().provenance().facts()) {
                sizes.put(TrainingLabel.of(facts.model()), (double) facts.parameters());
            }
            for (Quantity quantity : run.quantities()) {
                List<Point> points = points(run, quantity, sizes);
                if (!points.isEmpty() && quantity.estimate().axes().stream().noneMatch(AxisKind::training)) {
                    boolean width = width(quantity) != null;
                    List<Object> key = List.of(
                            Scene.asked(quantity),
                            quantity.unit(),
                            quantity.setting().edits(),
                            width ? quantity.name() : "");
                    plots.computeIfAbsent(
                                    key,
                                    k -> new SizePlot(
                                            quantity.title(),
                                            width ? "width" : "parameters",
                                            quantity.unit(),
                                            new ArrayList<>()))
                            .points()
                            .addAll(points);
                }
            }
        }
        return plots.values().stream().filter(SizePlot::ranges).limit(MOST).toList();
    }

    /** Whether the largest model is so much larger that a place on the axis says something. */
    private boolean ranges() {
        DoubleSummaryStatistics sizes = points.stream().mapToDouble(Point::size).summaryStatistics();
        return sizes.getMax() >= LEAST_RANGE * sizes.getMin();
    }

    /** The axis of widths of a result that is a number for each model and width; null where it is not. */
    private static @Nullable Axis width(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        int models = AxisKind.models(quantity);
        return axes.size() == models + 1 && WIDTHS.contains(axes.get(models).name()) ? axes.get(models) : null;
    }

    private static List<Point> points(NamedRun run, Quantity quantity, Map<String, Double> sizes) {
        List<Point> points = new ArrayList<>();
        NamedArray estimate = quantity.estimate();
        Interval interval = quantity.interval();
        Axis width = width(quantity);
        for (MeasuredIn one : MeasuredIn.all(quantity)) {
            int each = width == null ? 1 : width.size();
            Double known = sizes.get(one.model());
            for (int i = 0; i < each && (width != null || one.single() && known != null && known > 0); i++) {
                int flat = one.number() * each + i;
                double size = width != null ? Double.parseDouble(width.labels().get(i)) : known == null ? 0 : known;
                if (Double.isFinite(estimate.data()[flat])) {
                    points.add(new Point(
                            (run.label().isEmpty() ? "" : run.label() + ", ")
                                    + one.model()
                                    + (width == null
                                            ? ""
                                            : ", " + width.name() + " "
                                                    + width.labels().get(i)),
                            size,
                            estimate.data()[flat],
                            interval == null ? Double.NaN : interval.low().data()[flat],
                            interval == null ? Double.NaN : interval.high().data()[flat],
                            Numbers.rows(quantity.n())));
                }
            }
        }
        return points;
    }

    /** Every point of some plots, for the downloads. */
    static String json(List<SizePlot> plots) {
        return Embedded.json(json -> {
            json.writeStartObject();
            Embedded.strings(
                    json,
                    "headers",
                    List.of("measurement", "model", "size", "size in", "value", "low", "high", "unit", "n"));
            json.writeArrayFieldStart("rows");
            for (SizePlot plot : plots) {
                for (Point point : plot.points()) {
                    json.writeStartArray();
                    json.writeString(plot.title());
                    json.writeString(point.model());
                    Embedded.number(json, point.size());
                    json.writeString(plot.size());
                    for (double number : new double[] {point.value(), point.low(), point.high()}) {
                        Embedded.number(json, number);
                    }
                    json.writeString(plot.unit());
                    json.writeString(point.rows());
                    json.writeEndArray();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    String svg() {
        double[] sizes =
                points.stream().mapToDouble(Point::size).distinct().sorted().toArray();
        Scale x = new Scale(Math.log(sizes[0]), Math.log(sizes[sizes.length - 1]), LEFT + 24, WIDTH - 40);
        double[] shown = points.stream()
                .flatMapToDouble(point -> DoubleStream.of(point.value(), point.low(), point.high()))
                .filter(Double::isFinite)
                .toArray();
        Scale y = Scale.nice(
                DoubleStream.of(shown).min().orElse(0),
                DoubleStream.of(shown).max().orElse(1),
                HEIGHT - BOTTOM,
                TOP);
        Svg svg = new Svg(WIDTH, HEIGHT, title + " against " + size + " of " + points.size() + " models.");
        for (double tick : y.ticks(5)) {
            svg.line(tick == 0 ? "zero" : "grid", LEFT, y.at(tick), WIDTH - 12, y.at(tick));
            svg.label("tick end", LEFT - 8, y.at(tick) + 4, y.tickText(tick, 5));
        }
        double taken = Double.NEGATIVE_INFINITY;
        for (double one : sizes) {
            String text = size.equals("parameters") ? ModelRow.size(one) : Numbers.show(one);
            double half = text.length() * LETTER / 2;
            double at = x.at(Math.log(one));
            if (at - half > taken + 6) {
                svg.line("tickline", at, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 4);
                svg.label("tick mid", at, HEIGHT - BOTTOM + 17, text);
                taken = at + half;
            }
        }
        svg.label("axis mid", (LEFT + WIDTH - 12) / 2, HEIGHT - 6, size + ", logarithmic");
        if (!unit.isEmpty()) {
            svg.open("text")
                    .attr("class", "axis mid")
                    .attr("transform", "translate(13 " + Svg.num((TOP + HEIGHT - BOTTOM) / 2) + ") rotate(-90)")
                    .text(unit)
                    .end();
        }
        for (Point point : points) {
            double at = x.at(Math.log(point.size()));
            svg.open("g")
                    .hint(point.model() + ": " + Numbers.show(point.value())
                            + (Double.isFinite(point.low()) ? " " + Numbers.interval(point.low(), point.high()) : ""));
            if (Double.isFinite(point.low()) && Double.isFinite(point.high())) {
                svg.line("whisker", at, y.at(point.low()), at, y.at(point.high()));
            }
            svg.circle("dot c0", at, y.at(point.value()), 4).end();
            svg.end();
        }
        return svg.done();
    }
}
