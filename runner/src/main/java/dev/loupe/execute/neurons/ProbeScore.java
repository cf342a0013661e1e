package dev.loupe.execute.neurons;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How well what a probe says goes with a target: AUC, or R² for an ordinal. */
final class ProbeScore {
    /** Fewer positions of either kind tell nothing. */
    static final int LEAST = 20;

    private ProbeScore() {}

    /**
     * @param said at each of some positions
     * @param target of all positions
     * @param which those positions
     * @return NaN where they tell nothing
     */
    static double of(boolean ordinal, double[] said, double[] target, int[] which) {
        if (which.length < 2 * LEAST) {
            return Double.NaN;
        }
        return ordinal ? explained(said, target, which) : area(said, target, which);
    }

    private static double area(double[] said, double[] target, int[] which) {
        boolean[] positive = positive(target, which);
        Strata all = all(which);
        return all.pairs(positive).fewerThan(LEAST) ? Double.NaN : MidRanks.area(single(said), positive, all);
    }

    private static Strata all(int[] which) {
        return Strata.one(IntStream.range(0, which.length).toArray());
    }

    private static boolean[] positive(double[] target, int[] which) {
        boolean[] positive = new boolean[which.length];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = target[which[i]] > 0;
        }
        return positive;
    }

    private static float[] single(double[] said) {
        float[] score = new float[said.length];
        for (int i = 0; i < score.length; i++) {
            score[i] = (float) said[i];
        }
        return score;
    }

    private static double explained(double[] said, double[] target, int[] which) {
        double mean = Arrays.stream(which).mapToDouble(i -> target[i]).average().orElse(0);
        double left = 0;
        double all = 0;
        for (int i = 0; i < which.length; i++) {
            left += Math.pow(target[which[i]] - said[i], 2);
            all += Math.pow(target[which[i]] - mean, 2);
        }
        return all == 0 ? Double.NaN : 1 - left / all;
    }

    /**
     * Pseudo-values of the score by document, whose mean is the score: delete-one jackknife.
     *
     * @param document of each of the positions, 0 to {@code documents} - 1
     */
    static double[] byDocument(
            boolean ordinal, double[] said, double[] target, int[] which, int[] document, int documents) {
        if (!ordinal) {
            return AreaByDocument.pseudoValues(single(said), positive(target, which), document, documents, all(which));
        }
        double whole = explained(said, target, which);
        double[] values = new double[documents];
        double mean = 0;
        for (int d = 0; d < documents; d++) {
            int own = d;
            int[] kept = IntStream.range(0, which.length)
                    .filter(i -> document[i] != own)
                    .toArray();
            double[] saidThere = Arrays.stream(kept).mapToDouble(i -> said[i]).toArray();
            int[] whichThere = Arrays.stream(kept).map(i -> which[i]).toArray();
            values[d] = documents * whole - (documents - 1) * explained(saidThere, target, whichThere);
            mean += values[d] / documents;
        }
        for (int d = 0; d < documents; d++) {
            values[d] += whole - mean;
        }
        return values;
    }
}
