package dev.loupe.execute.neurons;

import dev.loupe.metric.reading.StepValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The search itself: the neuron with the largest area on the positions that select, and its area on the positions that test. A
 * label and labels that say nothing go through the same search.
 */
final class SplitSearch {
    /** Fewer positions with the label, or without it, on either side tell nothing. */
    static final int LEAST = 20;

    private final StepValue.Activations sample;
    private final Strata train;
    private final Strata test;
    private final BestNeurons neurons;
    private final Map<Integer, MidRanks> tested = new ConcurrentHashMap<>();

    SplitSearch(StepValue.Activations sample, Strata train, Strata test) {
        this.sample = sample;
        this.train = train;
        this.test = test;
        List<MidRanks> ranks = sample.values().stream()
                .map(layer -> MidRanks.of(layer, sample.width(), train))
                .toList();
        this.neurons = new BestNeurons(ranks, train);
    }

    Strata train() {
        return train;
    }

    Strata test() {
        return test;
    }

    /**
     * The neuron that was found for a label.
     *
     * @param layer its place among the layers of the sample, -1 where too few positions have the label or lack it
     * @param train its area where it was selected, 0.5 to 1
     * @param test its area elsewhere, in the same direction
     * @param high whether it is larger where the label is
     */
    record Best(int layer, int neuron, double train, double test, boolean high) {
        static final Best NONE = new Best(-1, -1, Double.NaN, Double.NaN, true);

        boolean defined() {
            return layer >= 0;
        }
    }

    /** Whether enough positions have a label and lack it, where neurons are selected and where they are tested. */
    boolean tells(boolean[] label) {
        return !train.pairs(train.in(label)).fewerThan(LEAST)
                && !test.pairs(test.in(label)).fewerThan(LEAST);
    }

    /**
     * The best neuron for each of many labels.
     *
     * @param labels [label][sampled position]
     */
    Best[] of(boolean[][] labels) {
        boolean[][] selecting = new boolean[labels.length][];
        Strata.Pairs[] pairs = new Strata.Pairs[labels.length];
        IntStream.range(0, labels.length).parallel().forEach(l -> {
            selecting[l] = train.in(labels[l]);
            pairs[l] = train.pairs(selecting[l]);
        });
        BestNeurons.Neuron[] best = neurons.of(selecting, pairs);
        Best[] found = new Best[labels.length];
        IntStream.range(0, labels.length)
                .parallel()
                .forEach(l -> found[l] = pairs[l].fewerThan(LEAST) ? Best.NONE : tested(best[l], labels[l]));
        return found;
    }

    private Best tested(BestNeurons.Neuron best, boolean[] label) {
        boolean[] has = test.in(label);
        Strata.Pairs pairs = test.pairs(has);
        if (pairs.fewerThan(LEAST)) {
            return Best.NONE;
        }
        int width = sample.width();
        MidRanks ranks = tested.computeIfAbsent(
                best.layer() * width + best.neuron(),
                k -> MidRanks.of(sample.values().get(best.layer()), width, best.neuron(), test));
        double area = pairs.area(ranks.sum(has, 0));
        boolean high = best.area() >= 0.5;
        return new Best(best.layer(), best.neuron(), best.either(), high ? area : 1 - area, high);
    }

    /** The activation of the neuron that was found, with the sign that tells the label [place in the strata's order]. */
    float[] score(Best best, Strata side) {
        float[] values = sample.values().get(best.layer());
        float[] score = new float[side.size()];
        for (int i = 0; i < score.length; i++) {
            float value = values[side.position(i) * sample.width() + best.neuron()];
            score[i] = best.high() ? value : -value;
        }
        return score;
    }
}
