package dev.loupe.execute.load;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.model.toy.HiddenDropout;
import dev.loupe.model.toy.ToyAutoencoder;
import java.util.function.DoubleSupplier;

/** The trained module itself, behind what analyses ask of it. */
public record ToyForward(ToyAutoencoder toy) implements ToyModel {
    @Override
    public int instances() {
        return (int) toy.w().getShape().get(0);
    }

    @Override
    public int hidden() {
        return toy.config().hidden();
    }

    @Override
    public int features() {
        return toy.config().features();
    }

    @Override
    public float[] w() {
        return toy.w().toFloatArray();
    }

    @Override
    public float[] b() {
        return toy.b().toFloatArray();
    }

    @Override
    public float[] answers(int instance, float[] x) {
        try (NDManager scope = toy.w().getManager().newSubManager()) {
            return toy.instance(instance).reconstruct(vectors(x, scope), null).toFloatArray();
        }
    }

    @Override
    public double trainedLoss(int instance, float[] x, float[] importance, DoubleSupplier uniform) {
        try (NDManager scope = toy.w().getManager().newSubManager()) {
            int rows = x.length / features();
            float[] keep = new float[rows * hidden()];
            HiddenDropout.fill(keep, 0, keep.length, toy.config().dropout(), uniform);
            NDArray kept = scope.create(keep, new Shape(1, rows, hidden()));
            return toy.instance(instance)
                    .loss(vectors(x, scope), kept, scope.create(importance))
                    .getFloat(0);
        }
    }

    private NDArray vectors(float[] x, NDManager scope) {
        return scope.create(x, new Shape(1, x.length / features(), features()));
    }
}
