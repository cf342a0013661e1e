package dev.loupe.execute.load;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.BatchView;
import dev.loupe.execute.batch.OutputWeights;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.dictionary.Dictionary;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.resolve.model.ModelShapes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A transformer whose weights a test knows, as analyses and metrics see it.
 *
 * @param tensors by TransformerLens' names
 */
public record WrittenTransformer(TransformerConfig config, Map<String, float[]> tensors) {
    /** Normal numbers everywhere. */
    public static WrittenTransformer random(TransformerConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, float[]> tensors = new LinkedHashMap<>();
        TlTensors.of(config).forEach((name, shape) -> {
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            tensors.put(name, values);
        });
        return new WrittenTransformer(config, tensors);
    }

    public ModelShape shape() {
        return ModelShapes.of(config);
    }

    public float[] tensor(String name) {
        return java.util.Objects.requireNonNull(tensors.get(name), name);
    }

    public Transformer transformer(NDManager manager) {
        return transformer(manager, List.of());
    }

    private Transformer transformer(NDManager manager, List<Dictionary> attached) {
        return new Transformer(Parameters.of(config, TlWeights.of(tensors), manager), attached);
    }

    public WeightAccess weights(NDManager manager) {
        return new TransformerWeights(shape(), transformer(manager), manager);
    }

    /** What it makes of rows of one length: its activations at some points and its logits. */
    public Batch run(TokenRows rows, List<HookPoint> points, NDManager manager) {
        return run(rows, points, List.of(), UnaryOperator.identity(), manager);
    }

    /**
     * The same with dictionaries attached.
     *
     * @param kept what is kept of the activations that were seen
     */
    public Batch run(
            TokenRows rows,
            List<HookPoint> points,
            List<Dictionary> attached,
            UnaryOperator<Map<HookPoint, NDArray>> kept,
            NDManager manager) {
        int[] flat = Arrays.stream(rows.tokens()).flatMapToInt(Arrays::stream).toArray();
        NDArray tokens = manager.create(flat, new Shape(rows.rows(), flat.length / rows.rows()))
                .toType(DataType.INT64, false);
        Captures seen = new Captures(points, manager);
        Transformer model = transformer(manager, attached);
        NDArray logits = model.forward(ForwardRequest.of(tokens), seen, manager).logits();
        return batch(rows, model, kept.apply(seen.values()), logits, manager);
    }

    /** Rows of which it gave these activations and logits [row, pos, d_vocab_out]. */
    public Batch batch(
            TokenRows rows, Map<HookPoint, NDArray> activations, @Nullable NDArray logits, NDManager manager) {
        return batch(rows, transformer(manager), activations, logits, manager);
    }

    private Batch batch(
            TokenRows rows,
            Transformer model,
            Map<HookPoint, NDArray> activations,
            @Nullable NDArray logits,
            NDManager manager) {
        return new BatchView(
                rows,
                shape(),
                true,
                new OutputWeights(model, manager),
                Integer::toString,
                activations,
                logits,
                false,
                null,
                BatchView::noDirections,
                manager);
    }
}
