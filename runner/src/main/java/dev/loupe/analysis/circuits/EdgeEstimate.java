package dev.loupe.analysis.circuits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.loupe.analysis.reading.RandomDirections;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.GradientBatch;
import dev.loupe.metric.GradientReading;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What patching each edge would change, to first order: (output written - own output) of its start, times the gradient at what
 * its end reads.
 *
 * @param steps inputs between the two halves over which gradients are averaged
 * @param random seed of random directions of equal norm that take the differences' place, null for the differences
 */
record EdgeEstimate(Metric metric, int steps, @Nullable Long random) implements GradientReading {
    @Override
    public List<HookPoint> outputs(ModelShape shape) {
        return new EdgeGraph(shape)
                .starts().stream().map(EdgeGraph.Start::output).distinct().toList();
    }

    @Override
    public List<HookPoint> inputs(ModelShape shape) {
        return new EdgeGraph(shape)
                .ends().stream().map(EdgeGraph.End::reads).distinct().toList();
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return new EdgeGraph(shape).axes();
    }

    @Override
    public RowValues read(GradientBatch batch) {
        EdgeGraph graph = new EdgeGraph(batch.shape());
        NDArray outputs = stacked(
                graph.starts().stream().map(s -> new Part(s.output(), s.head())).toList(),
                point -> difference(batch, point));
        NDArray gradients = stacked(
                graph.ends().stream().map(e -> new Part(e.reads(), e.head())).toList(), batch::gradient);
        // [row, upstream, pos * d_model] @ [row, pos * d_model, downstream]
        float[] scores = outputs.matMul(gradients.swapAxes(1, 2)).toFloatArray();
        int width = NamedArray.sizeOf(graph.axes());
        RowValues out = RowValues.zeros(batch.rows().rows() * width);
        List<Integer> edges = graph.edges();
        for (int row = 0; row < batch.rows().rows(); row++) {
            for (int edge : edges) {
                out.numerator()[row * width + edge] = scores[row * width + edge];
                out.denominator()[row * width + edge] = batch.counts()[row];
            }
        }
        return out;
    }

    private NDArray difference(GradientBatch batch, HookPoint point) {
        NDArray difference = batch.difference(point);
        return random == null ? difference : RandomDirections.instead(difference, random, batch, point);
    }

    private record Part(HookPoint point, int head) {}

    /** [row, part, pos * d_model] of activations [row, pos, d_model] and [row, pos, head, d_model]. */
    private static NDArray stacked(List<Part> parts, Function<HookPoint, NDArray> value) {
        Map<HookPoint, NDArray> known = new HashMap<>();
        NDList all = new NDList();
        for (Part part : parts) {
            NDArray whole = known.computeIfAbsent(part.point(), value);
            NDArray one = part.head() < 0 ? whole : whole.get(":, :, {}", part.head());
            all.add(one.reshape(one.getShape().get(0), 1, -1));
        }
        return NDArrays.concat(all, 1);
    }

    @Override
    public String label() {
        return "edge attribution" + (steps > 1 ? " in " + steps + " steps" : "") + ", " + metric.label();
    }
}
