package dev.loupe.analysis.circuits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.GradientBatch;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Differences and gradients that are written down, of a model of two layers, two heads of three dimensions, d_model 4 and five
 * neurons, on two rows of three tokens that the metric counts once and twice.
 */
record WrittenGradients(NDManager manager) implements GradientBatch {
    static final ModelShape SHAPE =
            new ModelShape("transformer", 2, 4, 2, 2, 3, 5, 7, 7, 8, false, false, false, 0, List.of());

    @Override
    public TokenRows rows() {
        return new TokenRows(
                new int[][] {{0, 1, 2}, {3, 4, 5}},
                new int[0][],
                Map.of("late", new boolean[][] {{false, true, true}, {false, false, true}}),
                Map.of("MID", new int[] {1, 0}),
                Map.of());
    }

    @Override
    public int[] which() {
        return new int[] {7, 3};
    }

    @Override
    public double[] counts() {
        return new double[] {1, 2};
    }

    @Override
    public ModelShape shape() {
        return SHAPE;
    }

    private static long[] shape(HookPoint point) {
        List<String> axes = point.site().axes();
        return axes.stream()
                .mapToLong(axis -> switch (axis) {
                    case "batch" -> 2;
                    case "pos", "query_pos", "key_pos", "d_head" -> 3;
                    case "head", "kv_head" -> 2;
                    case "d_model" -> 4;
                    case "d_mlp" -> 5;
                    default -> throw new IllegalArgumentException(axis);
                })
                .toArray();
    }

    /** Row-major numbers of a point. */
    static float[] numbers(HookPoint point, boolean gradient) {
        long size = new Shape(shape(point)).size();
        Random random = new Random(point.name().hashCode() + (gradient ? 1 : 0));
        float[] out = new float[(int) size];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }

    @Override
    public NDArray difference(HookPoint point) {
        return manager.create(numbers(point, false), new Shape(shape(point)));
    }

    @Override
    public NDArray gradient(HookPoint point) {
        return manager.create(numbers(point, true), new Shape(shape(point)));
    }

    static HookPoint point(Site site, int layer) {
        return HookPoint.of(site, layer);
    }
}
