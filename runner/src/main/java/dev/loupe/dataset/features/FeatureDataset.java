package dev.loupe.dataset.features;

import dev.loupe.dataset.Dataset;
import java.util.List;

/**
 * Vectors for networks without tokens, each with the vector that the network should answer. The permits clause is the registry
 * of this group.
 */
public sealed interface FeatureDataset extends Dataset permits SparseFeatures, FeaturePairs, ModularPairs {
    /** Numbers in one input vector. */
    int width();

    /** Numbers in one target vector. */
    int answers();

    /** Sparsities of the inputs, one for each group of instances; empty where the inputs have none. */
    List<Double> sparsity();

    Objective objective();

    /** The weight of each output in the loss: [output]. */
    float[] importance();

    /** The loss of a network that answers zero whatever it reads, on inputs of a sparsity. */
    double zeroModelLoss(double sparsity);

    /** How many rows there are in all, where they are enumerated and not drawn; 0 where they are drawn. */
    int enumerated();

    /** The same data, the part that a training on it never sees; itself where nothing is held out. */
    default FeatureDataset unseen() {
        return this;
    }

    /**
     * Draws rows; enumerated data give their first rows in order, whatever the seed.
     *
     * @param seed equal seeds give equal rows
     * @param sparsity one of {@link #sparsity}; not looked at where there is none
     * @param into takes the rows from {@code from} on
     */
    void fill(long seed, int rows, double sparsity, Examples into, int from);

    /** Rows of their own, as {@link #fill} draws them. */
    default Examples draw(long seed, int rows, double sparsity) {
        Examples examples = Examples.of(this, rows);
        fill(seed, rows, sparsity, examples, 0);
        return examples;
    }
}
