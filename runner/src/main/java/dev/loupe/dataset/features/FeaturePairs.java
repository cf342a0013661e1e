package dev.loupe.dataset.features;

import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Features that are present or not (values 1 and 0), each with probability 1 - sparsity, with a function of every pair as the
 * target: outputs are the pairs (0,1), (0,2), ..., (1,2), ... in this order. For {@code abs} the inputs are uniform between
 * -1 and 1 where they are present, and the targets are their absolute values, one for each input (Elhage et al. 2022).
 */
@Named("feature-pairs")
@Doc("Sparse inputs with a function of each pair of them as the target, for networks that compute.")
@Example("{generator: feature-pairs, features: 6, function: and, sparsity: [0.5, 0.9], seed: 1}")
public record FeaturePairs(
        @Doc("Inputs per vector.") @Default("6") int features,
        @Doc("What is computed.") @Default("and") Function function,

        @Doc("Probability that an input is 0: one value for all instances, or one for each instance. At 0 all inputs "
                + "are 1 and every AND is constant.")
        @OneOrMany
        @Default("0.5")
        List<Double> sparsity,

        @Doc("Number of rows for each instance.") @Default("1024")
        int rows,

        @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements FeatureDataset {
    private static final int MOST = 64;

    /** A function of two inputs, or of one. */
    public enum Function {
        @Doc("1 where both inputs are 1")
        AND,
        @Doc("1 where either input is 1")
        OR,
        @Doc("1 where just one input is 1")
        XOR,
        @Doc("The absolute value of each input, inputs between -1 and 1")
        ABS;

        float of(float a, float b) {
            return switch (this) {
                case AND -> a * b;
                case OR -> a + b - a * b;
                case XOR -> a + b - 2 * a * b;
                case ABS -> throw new IllegalStateException("abs has no pairs");
            };
        }
    }

    public FeaturePairs {
        RowOptions.check(rows);
        sparsity = List.copyOf(sparsity);
        if (features < 2 || features > MOST) {
            throw new IllegalArgumentException("`features` must be 2.." + MOST + ", not " + features);
        }
        if (sparsity.isEmpty() || sparsity.stream().anyMatch(each -> !(each >= 0 && each < 1))) {
            throw new IllegalArgumentException("`sparsity` must be at least 0 and below 1, not " + sparsity);
        }
    }

    @Override
    public int width() {
        return features;
    }

    @Override
    public int answers() {
        return function == Function.ABS ? features : features * (features - 1) / 2;
    }

    @Override
    public Objective objective() {
        return Objective.SQUARED;
    }

    @Override
    public float[] importance() {
        float[] alike = new float[answers()];
        Arrays.fill(alike, 1);
        return alike;
    }

    @Override
    public int enumerated() {
        return 0;
    }

    /** What a network that always answers zero loses: the mean square of a target. */
    @Override
    public double zeroModelLoss(double sparsity) {
        double on = 1 - sparsity;
        return switch (function) {
            case AND -> on * on;
            case OR -> 1 - sparsity * sparsity;
            case XOR -> 2 * on * sparsity;
            case ABS -> on / 3;
        };
    }

    @Override
    public void fill(long seed, int rows, double sparsity, Examples into, int from) {
        long threshold = (long) ((1 - sparsity) * 0x1p32);
        for (int row = 0; row < rows; row++) {
            RowRandom random = new RowRandom(seed, row);
            int at = (from + row) * features;
            for (int i = 0; i < features; i++) {
                long bits = random.nextLong();
                float value = function == Function.ABS ? 2 * ((int) bits >>> 8) * 0x1p-24f - 1 : 1;
                into.x()[at + i] = bits >>> 32 < threshold ? value : 0;
            }
            targets(into.x(), at, into.y(), (from + row) * answers());
        }
    }

    private void targets(float[] x, int at, float[] y, int target) {
        if (function == Function.ABS) {
            for (int i = 0; i < features; i++) {
                y[target + i] = Math.abs(x[at + i]);
            }
            return;
        }
        int next = target;
        for (int i = 0; i < features; i++) {
            for (int j = i + 1; j < features; j++) {
                y[next++] = function.of(x[at + i], x[at + j]);
            }
        }
    }
}
