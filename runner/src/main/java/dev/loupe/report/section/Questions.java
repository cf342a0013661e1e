package dev.loupe.report.section;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Charts;
import dev.loupe.report.chart.Scene;
import dev.loupe.report.draw.Titles;
import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The artifacts of a run by what they ask: parts of one measurement belong together, and so do measurements of the same thing
 * in other models, on other rows or under other edits.
 */
final class Questions {
    private final List<List<Artifact>> groups = new ArrayList<>();
    private final Map<String, List<Artifact>> byMeasurement = new HashMap<>();
    private final Map<List<Object>, List<Artifact>> byQuantity = new HashMap<>();

    private Questions() {}

    /** Groups in the order of their first members. */
    static List<List<Artifact>> of(List<Artifact> artifacts) {
        Questions questions = new Questions();
        artifacts.forEach(questions::add);
        return questions.groups;
    }

    private void add(Artifact artifact) {
        String measurement = Titles.of(artifact.name(), artifact.title()).measurement();
        List<Object> asked = asked(artifact);
        List<Artifact> group = byMeasurement.get(measurement);
        if (group == null) {
            group = asked.isEmpty() ? null : byQuantity.get(asked);
        }
        if (group == null) {
            group = new ArrayList<>();
            groups.add(group);
        }
        byMeasurement.putIfAbsent(measurement, group);
        if (!asked.isEmpty()) {
            byQuantity.putIfAbsent(asked, group);
        }
        group.add(artifact);
    }

    /** What a quantity is, whatever it was measured in; empty where it cannot be held beside others. */
    private static List<Object> asked(Artifact artifact) {
        if (!(artifact instanceof Quantity quantity) || CircuitSection.edges(quantity.estimate())) {
            return List.of();
        }
        Figure figure = Charts.figure(quantity);
        String formula = Scene.formula(quantity);
        if (formula.isBlank() || figure == Figure.TABLE || figure == Figure.SCATTER) {
            return List.of();
        }
        return List.of(
                figure,
                formula,
                quantity.unit(),
                quantity.estimate().axes().stream()
                        .filter(axis -> !AxisKind.family(axis))
                        .map(Axis::name)
                        .toList());
    }
}
