package dev.loupe.execute.hypotheses;

import dev.loupe.metric.reading.StepValue.Activations;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The residual stream at sampled positions, less its mean over them: what is common to all contexts says nothing of any. */
final class ContextVectors {
    private final Activations residual;
    private final Map<Integer, double[]> means = new ConcurrentHashMap<>();

    ContextVectors(Activations residual) {
        this.residual = residual;
    }

    private double[] mean(int layer) {
        return means.computeIfAbsent(layer, own -> {
            float[] values = residual.values().get(residual.layers().indexOf(own));
            double[] mean = new double[residual.width()];
            for (int i = 0; i < values.length; i++) {
                mean[i % mean.length] += values[i] / (double) residual.row().length;
            }
            return mean;
        });
    }

    private double[] centred(int layer, int position) {
        float[] values = residual.values().get(residual.layers().indexOf(layer));
        double[] mean = mean(layer);
        double[] own = new double[mean.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = values[position * own.length + i] - mean[i];
        }
        return own;
    }

    /** The mean of some contexts [dimension]. */
    double[] middle(int layer, int[] positions) {
        double[] sum = new double[residual.width()];
        for (int position : positions) {
            double[] own = centred(layer, position);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += own[i] / positions.length;
            }
        }
        return sum;
    }

    /** The mean cosine of two different contexts of these. */
    double alike(int layer, int[] positions) {
        double sum = 0;
        for (int a = 0; a < positions.length; a++) {
            double[] left = centred(layer, positions[a]);
            for (int b = 0; b < a; b++) {
                sum += cosine(left, centred(layer, positions[b]));
            }
        }
        return sum / (positions.length * (positions.length - 1) / 2.0);
    }

    static double cosine(double[] a, double[] b) {
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            left += a[i] * a[i];
            right += b[i] * b[i];
        }
        return left == 0 || right == 0 ? 0 : product / Math.sqrt(left * right);
    }
}
