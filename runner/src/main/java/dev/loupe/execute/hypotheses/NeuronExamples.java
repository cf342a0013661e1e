package dev.loupe.execute.hypotheses;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.EqualDocuments;
import dev.loupe.execute.documents.RandomOrder;
import dev.loupe.metric.reading.StepValue.Activations;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Examples of neurons among sampled positions. No document gives two of one kind, and equal documents count as one. */
final class NeuronExamples {
    private final Activations sample;
    private final int[] document;

    NeuronExamples(TokenRows rows, Activations sample) {
        this.sample = sample;
        int[] group = EqualDocuments.of(rows);
        this.document = Arrays.stream(sample.row()).map(row -> group[row]).toArray();
    }

    int size() {
        return sample.row().length;
    }

    float value(int neuron, int position) {
        return sample.values().get(0)[position * sample.width() + neuron];
    }

    /** Sampled positions by activation, the largest first; of equal ones the earlier first. */
    int[] ranked(int neuron) {
        long[] keys = new long[size()];
        for (int i = 0; i < keys.length; i++) {
            // Bits of floats in the order of their values, the largest first; -0 and 0 are equal.
            int bits = Float.floatToIntBits(value(neuron, i) + 0f);
            int ascending = bits < 0 ? ~bits : bits | Integer.MIN_VALUE;
            keys[i] = (~ascending & 0xFFFFFFFFL) << 31 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys)
                .mapToInt(key -> (int) (key & Integer.MAX_VALUE))
                .toArray();
    }

    /** Those of the largest activations above 0. */
    int[] top(int neuron, int most) {
        return top(neuron, ranked(neuron), most);
    }

    int[] top(int neuron, int[] ranked, int most) {
        return apart(Arrays.stream(ranked).takeWhile(i -> value(neuron, i) > 0).toArray(), most);
    }

    /** Drawn between two quantiles of the activation, 0 to 1. */
    int[] between(int[] ranked, double from, double to, int most, SplittableRandom random) {
        int n = ranked.length;
        int[] inside = Arrays.copyOfRange(
                ranked, (int) Math.floor((1 - to) * n + 1e-9), (int) Math.floor((1 - from) * n + 1e-9));
        int[] order = RandomOrder.of(inside.length, random);
        return apart(Arrays.stream(order).map(i -> inside[i]).toArray(), most);
    }

    /** Drawn from all positions. */
    int[] any(int most, SplittableRandom random) {
        return apart(RandomOrder.of(size(), random), most);
    }

    private int[] apart(int[] order, int most) {
        Set<Integer> seen = new HashSet<>();
        return Arrays.stream(order)
                .filter(i -> seen.add(document[i]))
                .limit(most)
                .toArray();
    }
}
