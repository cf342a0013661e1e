package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.RowRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;

/**
 * The autoencoders of a card on fresh features, one model per index of the instance axes, copies last. What they answer
 * comes from the forward pass that trained them. The weighted losses decide which copy of each point of the grid is the best one.
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
     * Evaluates every instance on {@code rows} vectors of its own sparsity: the same ones for all of one sparsity.
     *
     * @param grid what the instances stand for
     * @param data its sparsities and importances are those of training
     * @param seed of the vectors
     * @param drops by instance, uniform numbers that decide which hidden values are dropped
     */
    static FreshFeatures evaluate(
            ToyModel toy,
            InstanceGrid grid,
            SparseFeatures data,
            int rows,
            long seed,
            IntFunction<DoubleSupplier> drops) {
        List<Losses> losses = new ArrayList<>();
        for (int i = 0; i < toy.instances(); i++) {
            int place = grid.place(i, "sparsity");
            Examples drawn =
                    data.draw(RowRandom.mix(seed + place), rows, data.sparsity().get(place));
            double dropped = toy.trainedLoss(i, data, drawn, drops.apply(i));
            losses.add(losses(drawn.x(), toy.answers(i, drawn.x()), data.importance(), dropped));
        }
        return new FreshFeatures(
                toy.parameter("W"), toy.parameter("b"), toy.widest(), data.features(), grid.copies(), losses);
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

    /** The instances that are shown: every one, or the copy of lowest loss for each point of the grid. */
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
