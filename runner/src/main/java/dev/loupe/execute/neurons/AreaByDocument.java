package dev.loupe.execute.neurons;

import java.util.Arrays;

/**
 * The area under the ROC curve of one neuron as a mean over documents: the pseudo-value of document d is D T - (D - 1) T(-d),
 * with T(-d) the area without it (the delete-one jackknife of Quenouille 1956 and Tukey 1958). Their mean is close to T, and
 * resampling them resamples documents.
 */
final class AreaByDocument {
    private AreaByDocument() {}

    /**
     * Pseudo-values, shifted so that their mean is the area itself [document].
     *
     * @param score the neuron's activation, with the sign that tells the label, by test position
     * @param document of each test position, 0 to {@code documents} - 1
     */
    static double[] pseudoValues(float[] score, boolean[] positive, int[] document, int documents) {
        long n1 = 0;
        for (boolean one : positive) {
            n1 += one ? 1 : 0;
        }
        long n0 = positive.length - n1;
        double[] wins = wins(score, positive);
        double total = 0;
        double[] lost = new double[documents];
        long[] ones = new long[documents];
        long[] zeros = new long[documents];
        for (int i = 0; i < score.length; i++) {
            total += positive[i] ? wins[i] : 0;
            lost[document[i]] += wins[i];
            (positive[i] ? ones : zeros)[document[i]]++;
        }
        for (int d = 0; d < documents; d++) {
            // Pairs inside the document were taken away once with each of their two positions.
            lost[d] -= inside(score, positive, document, d);
        }
        double area = total / ((double) n1 * n0);
        double[] values = new double[documents];
        double mean = 0;
        for (int d = 0; d < documents; d++) {
            double left = (total - lost[d]) / ((double) (n1 - ones[d]) * (n0 - zeros[d]));
            values[d] = documents * area - (documents - 1) * left;
            mean += values[d] / documents;
        }
        for (int d = 0; d < documents; d++) {
            values[d] += area - mean;
        }
        return values;
    }

    /** Of a positive the negatives below it, of a negative the positives above it, ties half. */
    private static double[] wins(float[] score, boolean[] positive) {
        int n = score.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Float.compare(score[a] + 0f, score[b] + 0f));
        double[] wins = new double[n];
        long ones = 0;
        long zeros = 0;
        for (boolean one : positive) {
            ones += one ? 1 : 0;
        }
        for (int from = 0; from < n; ) {
            int to = from;
            long tiedOnes = 0;
            while (to < n && score[order[to]] + 0f == score[order[from]] + 0f) {
                tiedOnes += positive[order[to++]] ? 1 : 0;
            }
            long tiedZeros = to - from - tiedOnes;
            ones -= tiedOnes;
            for (int i = from; i < to; i++) {
                wins[order[i]] = positive[order[i]] ? zeros + tiedZeros / 2.0 : ones + tiedOnes / 2.0;
            }
            zeros += tiedZeros;
            from = to;
        }
        return wins;
    }

    private static double inside(float[] score, boolean[] positive, int[] document, int d) {
        int[] own = java.util.stream.IntStream.range(0, score.length)
                .filter(i -> document[i] == d)
                .toArray();
        double pairs = 0;
        for (int i : own) {
            for (int j : own) {
                if (positive[i] && !positive[j]) {
                    pairs += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
                }
            }
        }
        return pairs;
    }
}
