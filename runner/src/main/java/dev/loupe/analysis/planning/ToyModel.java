package dev.loupe.analysis.planning;

import java.util.function.DoubleSupplier;

/** A trained toy autoencoder of several instances, as the forward pass that trained it answers. */
public interface ToyModel {
    int instances();

    int hidden();

    int features();

    /** {@code W} [instance, hidden, feature], row-major. */
    float[] w();

    /** {@code b} [instance, feature], row-major. */
    float[] b();

    /**
     * What an instance answers, without dropout.
     *
     * @param x [row, feature], row-major
     * @return [row, feature], row-major
     */
    float[] answers(int instance, float[] x);

    /**
     * The loss of an instance that is trained: squared error times importance, mean over rows and features, with hidden
     * values dropped.
     *
     * @param x [row, feature], row-major
     * @param importance [feature]
     * @param uniform numbers in [0, 1) that decide which hidden values are dropped
     */
    double trainedLoss(int instance, float[] x, float[] importance, DoubleSupplier uniform);
}
