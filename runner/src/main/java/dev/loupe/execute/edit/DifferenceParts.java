package dev.loupe.execute.edit;

import dev.loupe.metric.reading.StepValue;

/**
 * A difference of two means, position by position.
 *
 * @param toward what each position adds to the mean that it points to [pos, d]
 * @param away what each position adds to the mean that it starts from [pos, d]
 */
public record DifferenceParts(StepValue.Activation toward, StepValue.Activation away) {
    private int width() {
        return toward.data().length / (int) toward.shape()[0];
    }

    private int positions() {
        return Math.max((int) toward.shape()[0], (int) away.shape()[0]);
    }

    /** The part of one position [d]. */
    private double[] part(int pos) {
        double[] part = new double[width()];
        for (int i = 0; i < part.length; i++) {
            part[i] = at(toward, pos, i) - at(away, pos, i);
        }
        return part;
    }

    private double at(StepValue.Activation mean, int pos, int i) {
        return pos < mean.shape()[0] ? mean.data()[pos * width() + i] : 0;
    }

    /** The difference itself [d]. */
    public float[] sum() {
        double[] sum = new double[width()];
        for (int pos = 0; pos < positions(); pos++) {
            double[] part = part(pos);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
            }
        }
        float[] difference = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            difference[i] = (float) sum[i];
        }
        return difference;
    }

    /**
     * The share of each position in the squared length of the difference d: part . d / |d|^2. They sum to 1; one that points
     * against the others is negative.
     */
    public double[] shares() {
        float[] whole = sum();
        double[] shares = new double[positions()];
        double square = 0;
        for (float x : whole) {
            square += (double) x * x;
        }
        for (int pos = 0; pos < shares.length; pos++) {
            double[] part = part(pos);
            for (int i = 0; i < part.length; i++) {
                shares[pos] += part[i] * whole[i] / square;
            }
        }
        return shares;
    }
}
