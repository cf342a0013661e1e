package dev.loupe.report.section;

import dev.loupe.report.draw.Titles;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
                        && !exact.estimate().axes().isEmpty()) {
                    return Optional.of(points(measurement, estimate, exact));
                }
            }
        }
        return Optional.empty();
    }

    private static Quantity points(String measurement, Quantity estimate, Quantity exact) {
        int n = estimate.estimate().data().length;
        double[] both = new double[2 * n];
        for (int i = 0; i < n; i++) {
            both[2 * i] = estimate.estimate().data()[i];
            both[2 * i + 1] = exact.estimate().data()[i];
        }
        List<Axis> axes = new ArrayList<>(estimate.estimate().axes());
        axes.add(new Axis("value", List.of("estimate", "exact")));
        return new Quantity(
                measurement + ".estimate-exact",
                Titles.of(estimate.name(), estimate.title()).base() + ": estimate against exact",
                estimate.doc(),
                Figure.SCATTER,
                estimate.unit(),
                new NamedArray(axes, both),
                null,
                null,
                estimate.setting());
    }
}
