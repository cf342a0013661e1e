package dev.loupe.report.training;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Charts;
import dev.loupe.result.Artifact;
import dev.loupe.result.Figure;
import dev.loupe.result.Quantity;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one step that a reader chooses for all figures of a page.
 *
 * @param steps every checkpoint that any of its curves has, rising
 */
public record StepCursor(List<String> steps) {
    /** The cursor of a page; null where no curve runs along a training. */
    public static @Nullable StepCursor of(List<Artifact> artifacts) {
        List<String> steps = artifacts.stream()
                .filter(Quantity.class::isInstance)
                .map(Quantity.class::cast)
                .filter(quantity -> Charts.figure(quantity) == Figure.LINES)
                .flatMap(quantity -> quantity.estimate().axes().stream())
                .filter(AxisKind::training)
                .flatMap(axis -> axis.labels().stream())
                .distinct()
                .sorted(Comparator.comparingDouble(Double::parseDouble))
                .toList();
        return steps.isEmpty() ? null : new StepCursor(steps);
    }
}
