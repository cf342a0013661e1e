package dev.loupe.analysis.planning;

import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeatureDataset;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Networks without tokens side by side, as the forward pass that trains them answers. */
public interface ToyModel {
    int instances();

    /** Hidden neurons of an instance. */
    int hidden(int instance);

    /** Hidden neurons of the widest instance: those that {@link #parameter} has room for. */
    int widest();

    /** Whether there is a parameter of that name. */
    boolean has(String name);

    /**
     * A parameter of all instances, [instance, ...shape] row-major in the shape of the widest one; what an instance has no
     * neurons for is zero.
     */
    float[] parameter(String name);

    /**
     * What an instance answers, without dropout.
     *
     * @param x [row, input], row-major
     * @return [row, output], row-major
     */
    float[] answers(int instance, float[] x);

    /**
     * What the hidden neurons of an instance hand on, without dropout.
     *
     * @param x [row, input], row-major
     * @return [row, hidden], row-major, the instance's own neurons alone
     */
    float[] hidden(int instance, float[] x);

    /**
     * The loss that an instance was trained on, with hidden values dropped as in training.
     *
     * @param uniform numbers in [0, 1) that decide which hidden values are dropped
     */
    default double trainedLoss(int instance, FeatureDataset data, Examples rows, DoubleSupplier uniform) {
        return trainedLoss(instance, data, rows, uniform, Map.of());
    }

    /**
     * The same with other values of some parameters.
     *
     * @param instead by name, of one instance in the shape of the widest one
     */
    double trainedLoss(
            int instance, FeatureDataset data, Examples rows, DoubleSupplier uniform, Map<String, float[]> instead);
}
