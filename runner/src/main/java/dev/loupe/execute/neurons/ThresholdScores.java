package dev.loupe.execute.neurons;

import java.util.stream.IntStream;

/**
 * What a neuron is worth as a detector: with the threshold whose Matthews correlation is largest on some positions, and over all
 * thresholds, on others.
 *
 * @param mcc Matthews correlation coefficient at the threshold (Matthews 1975)
 * @param f1 harmonic mean of precision and recall at the threshold
 * @param averagePrecision sum over thresholds of precision times the gain in recall
 */
record ThresholdScores(double mcc, double f1, double averagePrecision) {
    /**
     * @param train scores that choose the threshold, the larger the more likely the label
     * @param test scores that are told
     */
    static ThresholdScores of(float[] train, boolean[] trainHas, float[] test, boolean[] testHas) {
        float[] threshold = {Float.POSITIVE_INFINITY};
        double[] best = {Double.NEGATIVE_INFINITY};
        descend(train, trainHas, (value, counts) -> {
            if (counts.mcc() > best[0]) {
                best[0] = counts.mcc();
                threshold[0] = value;
            }
        });
        double[] precision = new double[1];
        Counts[] at = {counts(testHas)};
        double[] before = new double[1];
        descend(test, testHas, (value, counts) -> {
            precision[0] += counts.precision() * (counts.recall() - before[0]);
            before[0] = counts.recall();
            at[0] = value >= threshold[0] ? counts : at[0];
        });
        return new ThresholdScores(at[0].mcc(), at[0].f1(), precision[0]);
    }

    private static Counts counts(boolean[] has) {
        long ones = IntStream.range(0, has.length).filter(i -> has[i]).count();
        return new Counts(0, 0, ones, has.length - ones);
    }

    private interface Step {
        /** Positions of at least this value are said to have the label. */
        void at(float value, Counts counts);
    }

    /** Every distinct value as a threshold, the largest first. */
    private static void descend(float[] score, boolean[] has, Step step) {
        int[] order = IntStream.range(0, score.length)
                .boxed()
                .sorted((a, b) -> Float.compare(score[b] + 0f, score[a] + 0f))
                .mapToInt(Integer::intValue)
                .toArray();
        Counts counts = counts(has);
        for (int i = 0; i < order.length; i++) {
            counts = counts.with(has[order[i]]);
            if (i + 1 == order.length || score[order[i + 1]] + 0f != score[order[i]] + 0f) {
                step.at(score[order[i]], counts);
            }
        }
    }

    /** True and false positives, false and true negatives. */
    private record Counts(long tp, long fp, long fn, long tn) {
        Counts with(boolean has) {
            return has ? new Counts(tp + 1, fp, fn - 1, tn) : new Counts(tp, fp + 1, fn, tn - 1);
        }

        double precision() {
            return tp / (double) (tp + fp);
        }

        double recall() {
            return tp / (double) (tp + fn);
        }

        double f1() {
            return 2.0 * tp / (2.0 * tp + fp + fn);
        }

        /** 0 where a margin is empty, as is usual. */
        double mcc() {
            double margins = (double) (tp + fp) * (tp + fn) * ((double) (tn + fp) * (tn + fn));
            return margins == 0 ? 0 : ((double) tp * tn - (double) fp * fn) / Math.sqrt(margins);
        }
    }
}
