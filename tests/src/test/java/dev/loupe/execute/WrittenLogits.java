package dev.loupe.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.BatchView;
import dev.loupe.execute.batch.OutputWeights;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Differentiable;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.planted.PlantedHeads;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Metrics on logits that are written down: two rows of three tokens, vocabulary 5. Row 0 has answers 0, 2, 4 and wrong answers
 * 1, 3; row 1 has answer 1 and wrong answers 2, 0.
 */
public final class WrittenLogits {
    /** [row][pos][id]: each logit is the log of a probability and 5 more, so a softmax gives the probability back. */
    public static final double[][][] P = {
        {{.25, .5, .1, .1, .05}, {.1, .1, .7, .05, .05}, {.1, .2, .4, .05, .25}},
        {{.2, .2, .5, .05, .05}, {.4, .3, .2, .05, .05}, {.1, .5, .2, .1, .1}}
    };

    private WrittenLogits() {}

    /**
     * Class {@code answer} is the last position, {@code text} the others, {@code first} the first, {@code lone} that of row 0.
     * Label {@code kind} is a, b, none and b, left out, b; {@code deep} 0, 2, 1 and 0, 0, none.
     */
    public static TokenRows rows() {
        return new TokenRows(
                new int[][] {{0, 1, 2}, {2, 2, 1}},
                new int[][] {{1, 2, 0}, {2, 1, 1}},
                Map.of(
                        "answer", both(false, false, true),
                        "text", both(true, true, false),
                        "first", both(true, false, false),
                        "lone", new boolean[][] {{true, false, false}, {false, false, false}}),
                Map.of("END", new int[] {2, 2}, "MID", new int[] {1, 1}),
                Map.of("answer", new int[] {0, 1}, "wrong", new int[] {1, 2}),
                Map.of("answer", new int[][] {{0, 2, 4}, {1}}, "wrong", new int[][] {{1, 3}, {2, 0}}),
                Map.of(
                        "kind",
                        Label.category(List.of("a", "b", "c"), new int[][] {{0, 1, Label.NONE}, {1, Label.LEFT_OUT, 1}
                        }),
                        "deep",
                        Label.ordinal(new int[][] {{0, 2, 1}, {0, 0, Label.NONE}}),
                        "source",
                        Label.pointer(new int[][] {{-1, 0, 1}, {-1, -1, 0}})),
                new int[0]);
    }

    /** The same rows without a column. */
    public static TokenRows rowsWithout(String column) {
        TokenRows all = rows();
        Map<String, int[]> columns = new HashMap<>(all.columns());
        Map<String, int[][]> sets = new HashMap<>(all.sets());
        columns.remove(column);
        sets.remove(column);
        return new TokenRows(all.tokens(), all.targets(), all.classes(), all.positions(), columns, sets);
    }

    private static boolean[][] both(boolean... marks) {
        return new boolean[][] {marks, marks};
    }

    /** The rows as a plan sees them. */
    public static RowsRef ref() {
        return new RowsRef(
                "written",
                "written",
                "written",
                List.of(new RowsRef.Bucket(3, 2)),
                Map.of("kind", List.of("a", "b", "c"), "deep", List.of("0", "1", "2"), "source", List.of()));
    }

    /** What a metric reads. */
    public static RowValues read(RowReading metric) {
        metric.check(rows());
        try (NDManager manager = Backend.cpu()) {
            return metric.read(batch(manager, logits(manager)));
        }
    }

    /** What is made of the batch, in main memory. */
    public static <T> T with(Function<Batch, T> reading) {
        try (NDManager manager = Backend.cpu()) {
            return reading.apply(batch(manager, logits(manager)));
        }
    }

    /** The gradient of its total, [row][pos][id] in one. */
    public static float[] gradient(Differentiable metric) {
        try (NDManager manager = Backend.cpu()) {
            NDArray logits = logits(manager);
            logits.setRequiresGradient(true);
            try (GradientCollector collector = Backend.gradients(manager).get()) {
                collector.backward(metric.total(batch(manager, logits)));
            }
            return logits.getGradient().toFloatArray();
        }
    }

    private static NDArray logits(NDManager manager) {
        float[] logits = new float[30];
        for (int i = 0; i < 30; i++) {
            logits[i] = (float) Math.log(P[i / 15][i / 5 % 3][i % 5]) + 5;
        }
        return manager.create(logits, new Shape(2, 3, 5));
    }

    private static Batch batch(NDManager manager, NDArray logits) {
        ModelShape shape = new ModelShape("transformer", 1, 4, 1, 1, 4, 0, 5, 5, 8, true, false, false, 0, List.of());
        PlantedHeads any = new PlantedHeads(5, 4, 20, List.of(List.of(PlantedHeads.Kind.UNIFORM)));
        Parameters parameters = Parameters.of(any.config(), TlWeights.of(any.weights()), manager);
        return new BatchView(
                rows(),
                shape,
                true,
                new OutputWeights(new Transformer(parameters), manager),
                Integer::toString,
                Map.of(),
                logits,
                false,
                null,
                BatchView::noDirections,
                manager);
    }
}
