package dev.loupe.analysis;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.RowRandom;
import dev.loupe.dataset.SparseFeatures;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;

/**
 * The ReLU-output autoencoders of a card on fresh features: x' = relu(W'Wx + b), one model per index of the instance axes
 * [sparsity, copy]. The losses decide which copy of each sparsity is the best one.
 *
 * @param loss mean squared error per feature [instance]
 * @param single mean squared error per feature over vectors with exactly one active feature, NaN without any [instance]
 * @param error share of features whose presence a threshold of one half tells wrongly [instance]
 */
record ToyFeatures(
        float[] w, float[] b, int hidden, int features, int copies, double[] loss, double[] single, double[] error) {
    /** Evaluates every instance on {@code rows} vectors of its own sparsity. */
    static ToyFeatures evaluate(WeightAccess access, SparseFeatures data, int rows, long seed) {
        List<Axis> instances = access.shape().instances();
        int all = NamedArray.sizeOf(instances);
        int copies = instances.get(instances.size() - 1).size();
        NDArray w = access.tensor("W");
        int hidden = (int) w.getShape().get(1);
        int features = (int) w.getShape().get(2);
        float[] weights = w.toFloatArray();
        float[] bias = access.tensor("b").toFloatArray();
        double[] loss = new double[all];
        double[] single = new double[all];
        double[] error = new double[all];
        for (int i = 0; i < all; i++) {
            double sparsity = Double.parseDouble(instances.get(0).labels().get(i / copies));
            float[] x = new float[rows * features];
            data.fill(RowRandom.mix(seed + i / copies), rows, sparsity, x, 0);
            evaluate(weights, bias, i, hidden, features, x, loss, single, error);
        }
        return new ToyFeatures(weights, bias, hidden, features, copies, loss, single, error);
    }

    private static void evaluate(
            float[] w,
            float[] b,
            int instance,
            int hidden,
            int features,
            float[] x,
            double[] loss,
            double[] single,
            double[] error) {
        int at = instance * hidden * features;
        double[] h = new double[hidden];
        double squares = 0;
        double alone = 0;
        long singles = 0;
        long wrong = 0;
        for (int row = 0; row < x.length; row += features) {
            java.util.Arrays.fill(h, 0);
            int active = 0;
            double before = squares;
            for (int f = 0; f < features; f++) {
                if (x[row + f] != 0) {
                    active++;
                    for (int k = 0; k < hidden; k++) {
                        h[k] += w[at + k * features + f] * x[row + f];
                    }
                }
            }
            for (int f = 0; f < features; f++) {
                double y = b[instance * features + f];
                for (int k = 0; k < hidden; k++) {
                    y += h[k] * w[at + k * features + f];
                }
                y = Math.max(0, y);
                squares += (y - x[row + f]) * (y - x[row + f]);
                wrong += (y > 0.5) == (x[row + f] != 0) ? 0 : 1;
            }
            if (active == 1) {
                singles++;
                alone += squares - before;
            }
        }
        loss[instance] = squares / x.length;
        single[instance] = singles == 0 ? Double.NaN : alone / (singles * features);
        error[instance] = (double) wrong / x.length;
    }

    /** Squared length of a feature's direction. */
    double squaredNorm(int instance, int feature) {
        return dot(instance, feature, feature);
    }

    private double dot(int instance, int one, int other) {
        double sum = 0;
        for (int k = 0; k < hidden; k++) {
            int at = (instance * hidden + k) * features;
            sum += w[at + one] * w[at + other];
        }
        return sum;
    }

    /** |W_i|^2 / sum_j (W_i/|W_i| . W_j)^2; 0 for a feature that is not represented at all. */
    double dimensionality(int instance, int feature) {
        double square = squaredNorm(instance, feature);
        if (square < 1e-6) {
            return 0;
        }
        double sum = 0;
        for (int j = 0; j < features; j++) {
            double along = dot(instance, feature, j) / Math.sqrt(square);
            sum += along * along;
        }
        return square / sum;
    }

    double bias(int instance, int feature) {
        return b[instance * features + feature];
    }

    /** Coordinate {@code k} of a feature's direction. */
    double coordinate(int instance, int feature, int k) {
        return w[(instance * hidden + k) * features + feature];
    }

    /** The instances that are shown: every one, or the copy of lowest loss for each sparsity. */
    List<Integer> shown(boolean bestOnly) {
        List<Integer> out = new ArrayList<>();
        for (int first = 0; first < loss.length; first += copies) {
            int best = first;
            for (int i = first; i < first + copies; i++) {
                if (bestOnly) {
                    best = loss[i] < loss[best] ? i : best;
                } else {
                    out.add(i);
                }
            }
            if (bestOnly) {
                out.add(best);
            }
        }
        return out;
    }
}
