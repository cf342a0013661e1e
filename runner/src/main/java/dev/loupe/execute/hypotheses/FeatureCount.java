package dev.loupe.execute.hypotheses;

import dev.loupe.plan.neurons.PurityOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many different things the examples of a neuron are: labels and tokens that enough of them have and that are much rarer
 * elsewhere. Two of them are one where they mostly stand at the same examples, or where the contexts at both are alike.
 */
final class FeatureCount {
    /** Two groups that share more of the smaller one are one feature. */
    private static final double SAME = .5;
    /** Contexts with a larger cosine are alike. */
    private static final double ALIKE = .3;

    private final PositionFacts facts;
    private final PurityOptions options;
    private final @Nullable ContextVectors contexts;
    private final int layer;

    FeatureCount(PositionFacts facts, PurityOptions options, @Nullable ContextVectors contexts, int layer) {
        this.facts = facts;
        this.options = options;
        this.contexts = contexts;
        this.layer = layer;
    }

    double of(int[] chosen) {
        List<BitSet> groups = groups(chosen);
        List<BitSet> features = new ArrayList<>();
        for (BitSet group : groups) {
            BitSet whole = (BitSet) group.clone();
            for (BitSet other : List.copyOf(features)) {
                if (same(whole, other, chosen)) {
                    whole.or(other);
                    features.remove(other);
                }
            }
            features.add(whole);
        }
        return features.size();
    }

    private List<BitSet> groups(int[] chosen) {
        List<BitSet> found = new ArrayList<>();
        for (int f = 1; f < facts.flags().size(); f++) {
            boolean[] has = facts.known()[f];
            BitSet group = new BitSet();
            IntStream.range(0, chosen.length).filter(k -> has[chosen[k]]).forEach(group::set);
            long base = IntStream.range(0, has.length).filter(i -> has[i]).count();
            keep(group, base, chosen.length, found);
        }
        int[] token = facts.places()[0];
        Map<Integer, BitSet> byToken = new HashMap<>();
        for (int k = 0; k < chosen.length; k++) {
            byToken.computeIfAbsent(token[chosen[k]], t -> new BitSet()).set(k);
        }
        byToken.forEach((t, group) ->
                keep(group, Arrays.stream(token).filter(x -> x == t).count(), chosen.length, found));
        return found;
    }

    private void keep(BitSet group, long base, int all, List<BitSet> found) {
        double share = group.cardinality() / (double) all;
        if (share >= options.share() && share >= RuleJudge.LIFT * base / facts.size()) {
            found.add(group);
        }
    }

    private boolean same(BitSet a, BitSet b, int[] chosen) {
        BitSet both = (BitSet) a.clone();
        both.and(b);
        if (both.cardinality() > SAME * Math.min(a.cardinality(), b.cardinality())) {
            return true;
        }
        return contexts != null
                && ContextVectors.cosine(contexts.middle(layer, at(a, chosen)), contexts.middle(layer, at(b, chosen)))
                        >= ALIKE;
    }

    private static int[] at(BitSet group, int[] chosen) {
        return group.stream().map(k -> chosen[k]).toArray();
    }
}
