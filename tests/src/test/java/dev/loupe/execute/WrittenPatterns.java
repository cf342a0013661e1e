package dev.loupe.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.BatchView;
import dev.loupe.execute.batch.OutputWeights;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.planted.PlantedHeads;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Attention that is written down: two layers of two heads on two rows of three tokens, 0 1 2 and 2 2 1. */
public final class WrittenPatterns {
    /** A[i, j] of layer, row, head. */
    public static final float[][][][] A = {
        {
            {{1, 0, 0, .25f, .75f, 0, .5f, .3f, .2f}, {1, 0, 0, .9f, .1f, 0, .6f, .1f, .3f}},
            {{1, 0, 0, 0, 1, 0, 0, 0, 1}, {1, 0, 0, 1, 0, 0, 1, 0, 0}}
        },
        {
            {{1, 0, 0, .4f, .6f, 0, .7f, .2f, .1f}, {1, 0, 0, .5f, .5f, 0, .3f, .3f, .4f}},
            {{1, 0, 0, 1, 0, 0, 0, 1, 0}, {1, 0, 0, .2f, .8f, 0, .1f, .8f, .1f}}
        }
    };

    private WrittenPatterns() {}

    public static TokenRows rows() {
        return new TokenRows(
                new int[][] {{0, 1, 2}, {2, 2, 1}},
                new int[0][],
                Map.of("late", new boolean[][] {{false, true, true}, {false, false, true}}),
                Map.of("MID", new int[] {1, 1}, "END", new int[] {2, 2}),
                Map.of());
    }

    /** What a reading makes of them. */
    public static RowValues read(RowReading reading) {
        return with(true, reading::read);
    }

    /** The same of anything that reads a batch; later positions are masked or not. */
    public static <T> T with(boolean causal, Function<Batch, T> reading) {
        return with(rows(), causal, reading);
    }

    /** The same with other rows of as many tokens. */
    public static <T> T with(TokenRows rows, boolean causal, Function<Batch, T> reading) {
        try (NDManager manager = Backend.cpu()) {
            ModelShape shape =
                    new ModelShape("transformer", 2, 4, 2, 2, 2, 0, 3, 3, 8, true, false, false, 0, List.of());
            PlantedHeads any = new PlantedHeads(3, 4, 20, List.of(List.of(PlantedHeads.Kind.UNIFORM)));
            Parameters parameters = Parameters.of(any.config(), TlWeights.of(any.weights()), manager);
            return reading.apply(new BatchView(
                    rows,
                    shape,
                    causal,
                    new OutputWeights(new Transformer(parameters), manager),
                    Integer::toString,
                    Map.of(
                            HookPoint.of(Site.PATTERN, 0), pattern(0, manager),
                            HookPoint.of(Site.PATTERN, 1), pattern(1, manager)),
                    manager.create(new float[18], new Shape(2, 3, 3)),
                    false,
                    new int[] {0, 1, 2},
                    BatchView::noDirections,
                    manager));
        }
    }

    private static NDArray pattern(int layer, NDManager manager) {
        float[] flat = new float[36];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = A[layer][i / 18][i / 9 % 2][i % 9];
        }
        return manager.create(flat, new Shape(2, 2, 3, 3));
    }
}
