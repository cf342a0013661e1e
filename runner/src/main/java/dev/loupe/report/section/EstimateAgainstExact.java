package dev.loupe.report.section;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.Titles;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An estimate of many effects against those that were run: one point for each that has both. */
final class EstimateAgainstExact {
    private static final String ESTIMATE = ".estimate";
    private static final String EXACT = ".exact";

    private EstimateAgainstExact() {}

    /** The points of a measurement that has both parts. */
    static Optional<Quantity> of(List<Quantity> quantities) {
        for (Quantity estimate : quantities) {
            if (!estimate.name().endsWith(ESTIMATE)) {
                continue;
            }
            String measurement = estimate.name().substring(0, estimate.name().length() - ESTIMATE.length());
            for (Quantity exact : quantities) {
                if (exact.name().equals(measurement + EXACT)
                        && exact.estimate().axes().equals(estimate.estimate().axes())
                        && exact.estimate().axes().size() > AxisKind.models(exact)
                        && Arrays.stream(exact.estimate().data()).anyMatch(Double::isFinite)) {
                    return Optional.of(points(measurement, estimate, exact));
                }
            }
        }
        return Optional.empty();
    }

    /** One cloud for each model: the cells that were run, whatever their layer, under the names of their components. */
    private static Quantity points(String measurement, Quantity estimate, Quantity exact) {
        List<Axis> axes = estimate.estimate().axes();
        List<Axis> models = axes.subList(0, AxisKind.models(estimate));
        int cells = NamedArray.sizeOf(axes.subList(models.size(), axes.size()));
        int families = NamedArray.sizeOf(models);
        double[] y = exact.estimate().data();
        int[] run = IntStream.range(0, cells)
                .filter(cell -> IntStream.range(0, families).anyMatch(m -> Double.isFinite(y[m * cells + cell])))
                .toArray();
        Plotted plotted = Plotted.of(estimate);
        List<String> names = Arrays.stream(run)
                .mapToObj(cell -> plotted.where(cell, models.size()))
                .toList();
        List<Axis> drawn = new ArrayList<>(models);
        drawn.add(new Axis("component", names));
        drawn.add(new Axis("value", List.of("estimate", "exact")));
        return new Quantity(
                measurement + ".estimate-exact",
                Titles.of(estimate.name(), estimate.title()).base() + ": estimate against exact",
                estimate.doc(),
                Figure.SCATTER,
                estimate.unit(),
                new NamedArray(drawn, both(estimate.estimate(), exact.estimate(), families, cells, run)),
                interval(estimate.interval(), exact.interval(), drawn, families, cells, run),
                null,
                estimate.setting());
    }

    /** The two numbers of every cell that was run, one after the other. */
    private static double[] both(NamedArray estimate, NamedArray exact, int families, int cells, int[] run) {
        return IntStream.range(0, families)
                .boxed()
                .flatMap(m -> Arrays.stream(run).mapToObj(cell -> m * cells + cell))
                .flatMapToDouble(flat -> DoubleStream.of(estimate.data()[flat], exact.data()[flat]))
                .toArray();
    }

    /** That of both numbers, where it was made in one way. */
    private static @Nullable Interval interval(
            @Nullable Interval estimate,
            @Nullable Interval exact,
            List<Axis> drawn,
            int families,
            int cells,
            int[] run) {
        if (estimate == null
                || exact == null
                || estimate.level() != exact.level()
                || estimate.n() != exact.n()
                || !estimate.method().equals(exact.method())) {
            return null;
        }
        return new Interval(
                new NamedArray(drawn, both(estimate.low(), exact.low(), families, cells, run)),
                new NamedArray(drawn, both(estimate.high(), exact.high(), families, cells, run)),
                estimate.level(),
                estimate.method(),
                estimate.n());
    }
}
