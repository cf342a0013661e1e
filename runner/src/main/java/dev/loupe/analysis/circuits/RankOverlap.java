package dev.loupe.analysis.circuits;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.metric.Metric;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.plan.values.RankingOverlap;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether rows rank the same components first (Jaccard index of their first k), beside what chance gives. */
@Named("rank-overlap")
@Doc("Whether the rows of a dataset select the same components: the Jaccard index of the top k of each pair of "
        + "rows, averaged over pairs, with its exact expectation for two random choices.")
@Example("{rank-overlap: {exact: screen.exact}, of: neurons, k: [1, 8]}")
public record RankOverlap(
        @Key("rank-overlap")
        @Doc("The measurements that rank the components, under names of your choice, as in `by` of `patch-best`.")
        @NameOf("measure")
        Map<String, String> rankOverlap,

        @Default("neurons") @Doc("The kind of component.") Of of,

        @OneOrMany @Doc("How many components of each row are compared.")
        List<Integer> k,

        @Default("highest") @Doc("Which values rank first.") Ranking.Order order)
        implements CircuitAnalysis {
    /** Components. */
    public enum Of {
        @Doc("Neurons of an MLP.")
        NEURONS,
        @Doc("Attention heads.")
        HEADS
    }

    public RankOverlap {
        rankOverlap = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(rankOverlap));
        k = List.copyOf(k);
        if (rankOverlap.isEmpty()) {
            throw new IllegalArgumentException("name at least one measurement that ranks components");
        }
        if (k.isEmpty()
                || k.stream().anyMatch(n -> n < 1)
                || k.stream().distinct().count() < k.size()) {
            throw new IllegalArgumentException("`k` must be different numbers of components, at least 1");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        int components = of == Of.NEURONS
                ? planning.model().shape().dMlp()
                : planning.model().shape().heads();
        if (k.stream().anyMatch(n -> n > components)) {
            throw new IllegalArgumentException("`k` is at most the " + components + " components of a layer");
        }
        String axis = of == Of.NEURONS ? "neuron" : "head";
        List<Ranking.ByStep> rankings = rankOverlap.values().stream()
                .map(name -> planning.ranking(name, axis, components, order))
                .toList();
        return planning.builder()
                .add(id -> new RankingOverlap(id, rankings, List.copyOf(rankOverlap.keySet()), k, components));
    }

    @Override
    public String title() {
        return "Overlap of components between rows";
    }

    @Override
    public String formula() {
        return "**jaccard**: mean over pairs of rows of |A and B| / |A or B|, A and B their first k components  \n**chance**:"
                + " its expectation for two independent random choices of k, sum over m of P(m shared) m / (2k - m)";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "Jaccard index";
    }

    @Override
    public String parts() {
        return "value";
    }
}
