package dev.loupe.execute.hypotheses;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.EqualDocuments;
import dev.loupe.execute.documents.RandomOrder;
import dev.loupe.execute.statistics.SortedOrder;
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
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(neuron, i);
        }
        return SortedOrder.descending(values);
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
