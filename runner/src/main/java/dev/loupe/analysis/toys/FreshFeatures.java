package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.RowRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;

/**
 * The autoencoders of a card on fresh features, one model per index of the instance axes [sparsity, copy]. What they answer
 * comes from the forward pass that trained them. The weighted losses decide which copy of each sparsity is the best one.
 *
 * @param w {@code W} [instance, hidden, feature]
 * @param b {@code b} [instance, feature]
 * @param losses of each instance
 */
record FreshFeatures(float[] w, float[] b, int hidden, int features, int copies, List<Losses> losses) {
    /**
     * What one instance loses: means over vectors and features.
     *
     * @param weighted squared error times the feature's importance: the loss that was trained, without dropout
     * @param dropout the same with hidden values dropped as in training
     * @param unweighted squared error, all features alike
     * @param single the weighted loss over vectors with exactly one active feature, NaN without any
     * @param error share of features whose presence a threshold of one half tells wrongly
     */
    record Losses(double weighted, double dropout, double unweighted, double single, double error) {}

    /**
     * Evaluates every instance on {@code rows} vectors of its own sparsity.
     *
     * @param data its sparsities and importances are those of training
     * @param seed of the vectors
     * @param drops by instance, uniform numbers that decide which hidden values are dropped
     */
    static FreshFeatures evaluate(
            ToyModel toy, SparseFeatures data, int rows, long seed, IntFunction<DoubleSupplier> drops) {
        int copies = toy.instances() / data.sparsity().size();
        List<Losses> losses = new ArrayList<>();
        for (int i = 0; i < toy.instances(); i++) {
            float[] x = new float[rows * data.features()];
            data.fill(RowRandom.mix(seed + i / copies), rows, data.sparsity().get(i / copies), x, 0);
            double dropped = toy.trainedLoss(i, x, data.importance(), drops.apply(i));
            losses.add(losses(x, toy.answers(i, x), data.importance(), dropped));
        }
        return new FreshFeatures(toy.w(), toy.b(), toy.hidden(), toy.features(), copies, losses);
    }

    private static Losses losses(float[] x, float[] answers, float[] importance, double dropped) {
        int features = importance.length;
        double weighted = 0;
        double unweighted = 0;
        double alone = 0;
        long singles = 0;
        long wrong = 0;
        for (int row = 0; row < x.length; row += features) {
            double before = weighted;
            int active = 0;
            for (int f = 0; f < features; f++) {
                double off = answers[row + f] - x[row + f];
                weighted += importance[f] * off * off;
                unweighted += off * off;
                active += x[row + f] == 0 ? 0 : 1;
                wrong += (answers[row + f] > 0.5) == (x[row + f] != 0) ? 0 : 1;
            }
            singles += active == 1 ? 1 : 0;
            alone += active == 1 ? weighted - before : 0;
        }
        double numbers = x.length;
        double single = singles == 0 ? Double.NaN : alone / (singles * features);
        return new Losses(weighted / numbers, dropped, unweighted / numbers, single, wrong / numbers);
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
        for (int first = 0; first < losses.size(); first += copies) {
            int best = first;
            for (int i = first; i < first + copies; i++) {
                if (bestOnly) {
                    best = losses.get(i).weighted() < losses.get(best).weighted() ? i : best;
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
