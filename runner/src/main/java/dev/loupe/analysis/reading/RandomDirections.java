package dev.loupe.analysis.reading;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.GradientBatch;
import java.util.SplittableRandom;

/** The null of attribution: directions that have the differences' norm and nothing else of them. */
public final class RandomDirections {
    private RandomDirections() {}

    /** Gaussian directions, each with the norm of the vector on the last axis in whose place it stands. */
    public static NDArray instead(NDArray difference, long seed, GradientBatch batch, HookPoint point) {
        Shape shape = difference.getShape();
        int perRow = Math.toIntExact(shape.size() / shape.get(0));
        float[] drawn = new float[Math.toIntExact(shape.size())];
        for (int r = 0; r < shape.get(0); r++) {
            // A row's draw depends on its number and the point alone, however rows are batched.
            SplittableRandom random =
                    new SplittableRandom((seed * 0x9E3779B97F4A7C15L + batch.which()[r]) * 0xBF58476D1CE4E5B9L
                            + point.name().hashCode());
            for (int i = 0; i < perRow; i++) {
                drawn[r * perRow + i] = (float) random.nextGaussian();
            }
        }
        NDArray direction = batch.manager().create(drawn, shape);
        int[] last = {shape.dimension() - 1};
        NDArray norm = difference.square().sum(last, true).sqrt();
        NDArray length = direction.square().sum(last, true).sqrt();
        return direction.mul(norm).div(length);
    }
}
