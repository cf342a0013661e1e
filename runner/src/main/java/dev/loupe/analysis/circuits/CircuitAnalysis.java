package dev.loupe.analysis.circuits;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Differentiable;

/** Which components and edges carry a behaviour. The permits clause is the registry of this group. */
public sealed interface CircuitAnalysis extends Analysis
        permits AttributionPatching, EdgeAttribution, RankOverlap, PruneEdges {
    /** A metric that has one number and a gradient. */
    static Metric differentiable(AnalysisPlanning planning, String read) {
        Metric metric = planning.oneNumber(read);
        if (!(metric instanceof Differentiable)) {
            throw new IllegalArgumentException(
                    "`" + read + "` has no gradient: use a `logit-difference`, a `log-probability` or a `loss`");
        }
        return metric;
    }
}
