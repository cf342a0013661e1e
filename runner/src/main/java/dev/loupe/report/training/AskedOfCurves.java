package dev.loupe.report.training;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a spec asks of its own measurements along the steps of a training.
 *
 * @param changes by the curve's name, the step at half of its change, whose interval is of resampled rows
 * @param reduced measurements that another one makes one number of, which the page follows in their place
 */
record AskedOfCurves(Map<String, Quantity> changes, Set<String> reduced) {
    private static final String HALF = ".t50";

    static AskedOfCurves of(RunResult run) {
        Map<String, Quantity> byName = new HashMap<>();
        run.artifacts().forEach(artifact -> {
            if (artifact instanceof Quantity quantity) {
                byName.put(quantity.name(), quantity);
            }
        });
        Map<String, Quantity> changes = new HashMap<>();
        Set<String> reduced = new HashSet<>();
        if (!run.resolvedSpec().isBlank()
                && YamlTree.parse(run.resolvedSpec(), "resolved spec") instanceof YamlMap spec
                && spec.get("measure") instanceof YamlMap measures) {
            for (String name : measures.keys()) {
                if (measures.get(name) instanceof YamlMap measure) {
                    Quantity half = byName.get(name + HALF);
                    if (half != null
                            && measure.get("change-point") instanceof YamlScalar curve
                            && measure.get("along") instanceof YamlScalar along
                            && trained(byName.get(curve.text()), along.text())) {
                        changes.put(curve.text(), half);
                    }
                    if (measure.get("reduce") instanceof YamlScalar whole && byName.containsKey(name)) {
                        reduced.add(whole.text());
                    }
                }
            }
        }
        return new AskedOfCurves(changes, reduced);
    }

    private static boolean trained(@Nullable Quantity curve, String along) {
        return curve != null
                && curve.estimate().axes().stream()
                        .anyMatch(axis -> axis.name().equals(along) && AxisKind.training(axis));
    }
}
