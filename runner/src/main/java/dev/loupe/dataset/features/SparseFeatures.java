package dev.loupe.dataset.features;

import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.FeatureRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors that are mostly zero (Elhage et al. 2022, "Toy models of superposition"; problems 4.1 to 4.10): each
 * feature is present with probability 1 - sparsity, independently, and has then a value of the distribution.
 */
@Named("sparse-features")
@Doc("Sparse feature vectors, as used to train toy models of superposition.")
@Example(
        "{generator: sparse-features, features: 5, sparsity: [0, 0.7, 0.97], distribution: binary, importance-decay: 0.9, rows: 1024, seed: 1}")
public record SparseFeatures(
        @Doc("Features per vector.") @Default("5") int features,

        @Doc("Probability that a feature is 0: one value for all instances, or one for each " + "instance.")
        @OneOrMany
        @Default("0.9")
        List<Double> sparsity,

        @Doc("Distribution of the values of active features.") @Default("uniform")
        Distribution distribution,

        @Doc("The importance of feature i, its weight in the loss, is this number to the power i.") @Default("1")
        double importanceDecay,

        @Doc("Number of rows for each instance.") @Default("1024")
        int rows,

        @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements FeatureDataset {

    /** Values of present features. */
    public enum Distribution {
        @Doc("Uniform between 0 and 1.")
        UNIFORM,
        @Doc("Always 1.")
        BINARY,
        @Doc("-1 or 1, equally likely.")
        SIGNED,
        @Doc("Uniform between -1 and 1.")
        SIGNED_UNIFORM,
        @Doc("1, 2 or 3, equally likely.")
        LEVELS;

        /** A value from 32 random bits. */
        float value(int bits) {
            float unit = (bits >>> 8) * 0x1p-24f;
            return switch (this) {
                case UNIFORM -> unit;
                case BINARY -> 1f;
                case SIGNED -> bits < 0 ? -1f : 1f;
                case SIGNED_UNIFORM -> 2 * unit - 1;
                case LEVELS -> 1 + (int) (3 * unit);
            };
        }

        /** Mean square of a present feature's value. */
        double meanSquare() {
            return switch (this) {
                case UNIFORM, SIGNED_UNIFORM -> 1.0 / 3;
                case BINARY, SIGNED -> 1;
                case LEVELS -> 14.0 / 3;
            };
        }
    }

    public SparseFeatures {
        RowOptions.check(rows);
        sparsity = List.copyOf(sparsity);
        if (features < 1 || features > 1 << 20) {
            throw new IllegalArgumentException("`features` must be 1.." + (1 << 20) + ", not " + features);
        }
        if (sparsity.isEmpty()) {
            throw new IllegalArgumentException(
                    "`sparsity` is empty: give one value for all instances, or one for " + "each");
        }
        for (double each : sparsity) {
            if (!(each >= 0 && each < 1)) {
                throw new IllegalArgumentException("`sparsity` must be at least 0 and below 1, not " + each);
            }
        }
        if (!(importanceDecay > 0 && importanceDecay <= 1)) {
            throw new IllegalArgumentException(
                    "`importance-decay` must be above 0 and at most 1, not " + importanceDecay);
        }
    }

    @Override
    public int width() {
        return features;
    }

    @Override
    public int answers() {
        return features;
    }

    @Override
    public Objective objective() {
        return Objective.SQUARED;
    }

    @Override
    public int enumerated() {
        return 0;
    }

    @Override
    public void fill(long seed, int rows, double sparsity, Examples into, int from) {
        fill(seed, rows, sparsity, into.x(), from * features);
    }

    /** The weight of each feature's squared error: decay^i. */
    @Override
    public float[] importance() {
        float[] importance = new float[features];
        for (int i = 0; i < features; i++) {
            importance[i] = (float) StrictMath.pow(importanceDecay, i);
        }
        return importance;
    }

    /** What a model that always answers zero loses: mean over features of importance x E[x^2]. */
    @Override
    public double zeroModelLoss(double sparsity) {
        double sum = 0;
        for (float weight : importance()) {
            sum += weight;
        }
        return sum / features * (1 - sparsity) * distribution.meanSquare();
    }

    /** The rows of a draw, one instance for each sparsity. The vocabulary of the draw is not looked at. */
    public FeatureRows draw(Draw draw) {
        int each = Math.multiplyExact(draw.rows(), features);
        float[] values = new float[Math.multiplyExact(each, sparsity.size())];
        for (int instance = 0; instance < sparsity.size(); instance++) {
            fill(RowRandom.mix(draw.seed() + instance), draw.rows(), sparsity.get(instance), values, instance * each);
        }
        return new FeatureRows(sparsity.size(), draw.rows(), features, values);
    }

    /**
     * Rows of one instance.
     *
     * @param seed equal seeds give equal rows
     * @param into takes rows x features values, row-major from {@code offset}
     */
    public void fill(long seed, int rows, double sparsity, float[] into, int offset) {
        double present = 1 - sparsity;
        long threshold = (long) (present * 0x1p32);
        int at = offset;
        for (int row = 0; row < rows; row++) {
            RowRandom random = new RowRandom(seed, row);
            for (int feature = 0; feature < features; feature++) {
                long bits = random.nextLong();
                into[at++] = bits >>> 32 < threshold ? distribution.value((int) bits) : 0f;
            }
        }
    }
}
