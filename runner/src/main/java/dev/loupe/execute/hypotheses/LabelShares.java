package dev.loupe.execute.hypotheses;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which labels the examples of a neuron have. A label that is nearly as frequent elsewhere says nothing and does not count. */
final class LabelShares {
    /** Whether each label that counts is at each example [label][example]. */
    private final boolean[][] has;

    private final int examples;

    /** @param chosen the examples, by their place among the positions of {@code facts} */
    LabelShares(PositionFacts facts, int[] chosen) {
        this.examples = chosen.length;
        this.has = IntStream.range(1, facts.flags().size())
                .mapToObj(f -> facts.known()[f])
                .filter(known -> {
                    double share = Arrays.stream(chosen).filter(i -> known[i]).count() / (double) chosen.length;
                    double base = IntStream.range(0, known.length)
                                    .filter(i -> known[i])
                                    .count()
                            / (double) known.length;
                    return share >= RuleJudge.LIFT * base;
                })
                .map(known -> {
                    boolean[] own = new boolean[chosen.length];
                    IntStream.range(0, own.length).forEach(k -> own[k] = known[chosen[k]]);
                    return own;
                })
                .toArray(boolean[][]::new);
    }

    private double count(boolean[] label) {
        return IntStream.range(0, label.length).filter(k -> label[k]).count();
    }

    /** The largest share of the examples that have one label. */
    double largest() {
        return Arrays.stream(has).mapToDouble(this::count).max().orElse(0) / examples;
    }

    /**
     * Bits: how undecided it is which label an example has. One with several labels counts for each of them in equal parts; one
     * with none is a meaning of its own.
     */
    double entropy() {
        double[] weight = new double[has.length];
        double bits = 0;
        for (int k = 0; k < examples; k++) {
            int example = k;
            int[] own =
                    IntStream.range(0, has.length).filter(l -> has[l][example]).toArray();
            Arrays.stream(own).forEach(l -> weight[l] += 1.0 / own.length);
            bits += own.length == 0 ? bits(1) : 0;
        }
        return bits + Arrays.stream(weight).map(this::bits).sum();
    }

    private double bits(double weight) {
        double share = weight / examples;
        return share == 0 ? 0 : -share * Math.log(share) / Math.log(2);
    }
}
