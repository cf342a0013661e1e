package dev.loupe.execute.neurons;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The area under the ROC curve of one neuron as a mean over documents: the pseudo-value of document d is D T - (D - 1) T(-d),
 * with T(-d) the area without it (the delete-one jackknife of Quenouille 1956 and Tukey 1958). Their mean is close to T, and
 * resampling them resamples documents.
 */
final class AreaByDocument {
    private final float[] score;
    private final boolean[] positive;
    private final Strata strata;
    private final int[] stratumOf;
    private final int[] onesOf;

    private AreaByDocument(float[] score, boolean[] positive, Strata strata) {
        this.score = score;
        this.positive = positive;
        this.strata = strata;
        this.stratumOf = new int[score.length];
        this.onesOf = new int[strata.count()];
        for (int s = 0; s < strata.count(); s++) {
            for (int i = strata.from(s); i < strata.from(s + 1); i++) {
                stratumOf[i] = s;
                onesOf[s] += positive[i] ? 1 : 0;
            }
        }
    }

    /**
     * Pseudo-values, shifted so that their mean is the area itself [document]; NaN where the area without some document is
     * undefined.
     *
     * @param score the neuron's activation, with the sign that tells the label, in the strata's order
     * @param document of each, 0 to {@code documents} - 1
     */
    static double[] pseudoValues(float[] score, boolean[] positive, int[] document, int documents, Strata strata) {
        return new AreaByDocument(score, positive, strata).values(document, documents);
    }

    private double[] values(int[] document, int documents) {
        double[] wins = new double[score.length];
        for (int s = 0; s < strata.count(); s++) {
            count(s, wins);
        }
        double total = 0;
        for (int i = 0; i < score.length; i++) {
            total += positive[i] ? wins[i] : 0;
        }
        double pairs = strata.pairs(positive).pairs();
        int[][] own = IntStream.range(0, documents)
                .mapToObj(d -> IntStream.range(0, document.length)
                        .filter(i -> document[i] == d)
                        .toArray())
                .toArray(int[][]::new);
        double[] values = new double[documents];
        for (int d = 0; d < documents; d++) {
            // Pairs that go, and of these the ones in the right order: a pair inside the document is counted at both
            // ends.
            double[] gone = new double[2];
            for (int from = 0; from < own[d].length; ) {
                int stratum = stratumOf[own[d][from]];
                int to = from;
                while (to < own[d].length && stratumOf[own[d][to]] == stratum) {
                    to++;
                }
                leave(Arrays.copyOfRange(own[d], from, to), stratum, gone);
                from = to;
            }
            double lost = Arrays.stream(own[d]).mapToDouble(i -> wins[i]).sum() - gone[1];
            values[d] = documents * total / pairs - (documents - 1) * (total - lost) / (pairs - gone[0]);
        }
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        for (int d = 0; d < documents; d++) {
            values[d] += total / pairs - mean;
        }
        return values;
    }

    /** Of a positive the negatives below it, of a negative the positives above it, ties half; inside one stratum. */
    private void count(int stratum, double[] wins) {
        int[] order = IntStream.range(strata.from(stratum), strata.from(stratum + 1))
                .boxed()
                .sorted((a, b) -> Float.compare(score[a] + 0f, score[b] + 0f))
                .mapToInt(Integer::intValue)
                .toArray();
        long ones = Arrays.stream(order).filter(i -> positive[i]).count();
        long zeros = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long tiedOnes = 0;
            while (to < order.length && score[order[to]] + 0f == score[order[from]] + 0f) {
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
    }

    /** What goes with the positions of one document in one stratum: pairs, and how many of them are in the right order. */
    private void leave(int[] own, int stratum, double[] gone) {
        double ones = 0;
        double inside = 0;
        for (int i : own) {
            ones += positive[i] ? 1 : 0;
            for (int j : own) {
                if (positive[i] && !positive[j]) {
                    inside += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
                }
            }
        }
        double allOnes = onesOf[stratum];
        double allZeros = strata.from(stratum + 1) - strata.from(stratum) - allOnes;
        gone[0] += allOnes * allZeros - (allOnes - ones) * (allZeros - (own.length - ones));
        gone[1] += inside;
    }
}
