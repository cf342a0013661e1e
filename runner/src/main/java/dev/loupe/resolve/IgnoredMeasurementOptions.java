package dev.loupe.resolve;

import dev.loupe.analysis.circuits.PruneEdges;
import dev.loupe.analysis.families.FamilyAnalysis;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problems;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.Measurement;
import java.util.List;

/** Options of a measurement that its analysis takes the effect from, and which are refused for that. */
final class IgnoredMeasurementOptions {
    private IgnoredMeasurementOptions() {}

    private static final String NO_ROWS = "this measurement reads only weights, no rows";

    /** @param path of the measurement in the spec */
    static void check(Bound<ExperimentSpec> bound, String path, Measurement measurement, Problems problems) {
        if (measurement.analysis() instanceof PruneEdges prune && prune.klAt() != null) {
            refuse(bound, path + ".read", "`kl-at` replaces the metric", problems);
        }
        if (measurement.analysis() instanceof FamilyAnalysis reading) {
            String reads = "this measurement reads `" + String.join("` and `", reading.of()) + "`, with "
                    + (reading.of().size() == 1 ? "its" : "their") + " models and rows";
            for (String key : List.of("model", "dataset", "chance", "chance-side")) {
                refuse(bound, path + "." + key, reads, problems);
            }
            return;
        }
        if (measurement.readsRows()) {
            return;
        }
        refuse(bound, path + ".dataset", NO_ROWS, problems);
        refuse(bound, path + ".interval", NO_ROWS, problems);
        if (measurement.chance() != null && !measurement.chance().changesWeights()) {
            refuse(bound, path + ".chance", NO_ROWS, problems);
        }
    }

    private static void refuse(Bound<ExperimentSpec> bound, String path, String reason, Problems problems) {
        if (bound.marks().containsKey(path) && !bound.defaulted().contains(path)) {
            String key = path.substring(path.lastIndexOf('.') + 1);
            problems.add(
                    bound.at(path), "ignored-key", "`" + key + "` has no effect here: " + reason + "; leave it out");
        }
    }
}
