package dev.loupe.analysis.sampled;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Activations that are written down, of two neurons in each of two layers on two rows of three tokens. Class {@code late} is the
 * last two positions of row 0 and the last of row 1, class {@code never} nothing.
 */
final class WrittenNeurons {
    /** [row][pos][neuron] of layer 0; layer 1 has ten more. */
    static final float[] POST = {5, -1, 2, 7, 2, 7, 0, 0, -3, 4, -3, 1};

    static final WrittenTransformer MODEL = WrittenTransformer.random(
            TransformerConfig.builder(2, 5, 4, 6)
                    .nHeads(1)
                    .dMlp(2)
                    .normalizationType(Normalization.NONE)
                    .build(),
            4);

    private WrittenNeurons() {}

    static TokenRows rows() {
        return new TokenRows(
                new int[][] {{0, 5, 2}, {3, 1, 4}},
                new int[0][],
                Map.of(
                        "late", new boolean[][] {{false, true, true}, {false, false, true}},
                        "never", new boolean[2][3]),
                Map.of("END", new int[] {2, 2}, "MID", new int[] {1, 0}),
                Map.of());
    }

    static float at(int layer, int row, int pos, int neuron) {
        return POST[(row * 3 + pos) * 2 + neuron] + 10 * layer;
    }

    /** The residual stream before each layer [row, pos, d_model] counts up from 100 times the layer. */
    static float stream(int layer, int row, int pos, int d) {
        return 100 * layer + (row * 3 + pos) * 5 + d;
    }

    static <T> T with(Function<Batch, T> use) {
        try (NDManager manager = Backend.cpu()) {
            Map<HookPoint, NDArray> all = new HashMap<>();
            for (int layer = 0; layer < 2; layer++) {
                all.put(
                        HookPoint.of(Site.MLP_POST, layer),
                        manager.create(POST, new Shape(2, 3, 2)).add(10 * layer));
                all.put(
                        HookPoint.of(Site.RESID_PRE, layer),
                        manager.arange(30f).reshape(2, 3, 5).add(100 * layer));
            }
            return use.apply(MODEL.batch(rows(), all, null, manager));
        }
    }

    static List<HookPoint> post() {
        return List.of(HookPoint.of(Site.MLP_POST, 0), HookPoint.of(Site.MLP_POST, 1));
    }
}
