package dev.loupe.analysis.neurons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The activations of some layers at sampled positions: every neuron, or every dimension of the residual stream.
 *
 * @param rows how many the dataset has
 */
public record ActivationSample(Site site, List<Integer> layers, SampledPositions positions, int rows)
        implements Summary<List<StepValue.Activations>> {
    public ActivationSample {
        layers = List.copyOf(layers);
    }

    @Override
    public List<StepValue.Activations> part(Batch batch, int[] which) {
        TokenRows rows = batch.rows();
        List<int[]> chosen = new ArrayList<>();
        for (int r = 0; r < which.length; r++) {
            chosen.add(positions.of(rows, r, which[r], this.rows));
        }
        int n = chosen.stream().mapToInt(c -> c.length).sum();
        int[] row = new int[n];
        int[] pos = new int[n];
        long[] flat = new long[n];
        int length = rows.rows() == 0 ? 0 : rows.tokens()[0].length;
        int i = 0;
        for (int r = 0; r < which.length; r++) {
            for (int at : chosen.get(r)) {
                row[i] = which[r];
                pos[i] = at;
                flat[i++] = (long) r * length + at;
            }
        }
        List<float[]> values = new ArrayList<>();
        for (int layer : layers) {
            values.add(n == 0 ? new float[0] : picked(batch.at(HookPoint.of(site, layer)), flat));
        }
        long[] shape = batch.at(HookPoint.of(site, layers.get(0))).getShape().getShape();
        return List.of(new StepValue.Activations(row, pos, layers, (int) shape[shape.length - 1], values));
    }

    private static float[] picked(NDArray all, long[] flat) {
        NDArray positions = all.reshape(-1, all.getShape().get(2));
        return positions.get(new NDIndex("{}", all.getManager().create(flat))).toFloatArray();
    }

    @Override
    public List<StepValue.Activations> merge(List<StepValue.Activations> left, List<StepValue.Activations> right) {
        List<StepValue.Activations> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    @Override
    public StepValue finish(List<StepValue.Activations> whole) {
        int n = whole.stream().mapToInt(part -> part.row().length).sum();
        int[] row = new int[n];
        int[] pos = new int[n];
        int width = whole.get(0).width();
        List<float[]> values = new ArrayList<>();
        layers.forEach(layer -> values.add(new float[Math.multiplyExact(n, width)]));
        int at = 0;
        for (StepValue.Activations part : whole) {
            System.arraycopy(part.row(), 0, row, at, part.row().length);
            System.arraycopy(part.pos(), 0, pos, at, part.row().length);
            for (int l = 0; l < layers.size(); l++) {
                float[] some = part.values().get(l);
                System.arraycopy(some, 0, values.get(l), at * width, some.length);
            }
            at += part.row().length;
        }
        return new StepValue.Activations(row, pos, layers, width, values);
    }

    @Override
    public Part numbers(List<StepValue.Activations> parts) {
        StepValue.Activations part = (StepValue.Activations) finish(parts);
        List<double[]> numbers = new ArrayList<>();
        numbers.add(Arrays.stream(part.row()).asDoubleStream().toArray());
        numbers.add(Arrays.stream(part.pos()).asDoubleStream().toArray());
        numbers.add(new double[] {part.width()});
        for (float[] layer : part.values()) {
            double[] wide = new double[layer.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = layer[i];
            }
            numbers.add(wide);
        }
        return new Part(numbers);
    }

    @Override
    public List<StepValue.Activations> restored(Part part) {
        List<float[]> values = new ArrayList<>();
        for (double[] wide : part.numbers().subList(3, part.numbers().size())) {
            float[] layer = new float[wide.length];
            for (int i = 0; i < layer.length; i++) {
                layer[i] = (float) wide[i];
            }
            values.add(layer);
        }
        return List.of(new StepValue.Activations(
                whole(part.numbers().get(0)),
                whole(part.numbers().get(1)),
                layers,
                (int) part.numbers().get(2)[0],
                values));
    }

    private static int[] whole(double[] numbers) {
        return Arrays.stream(numbers).mapToInt(x -> (int) x).toArray();
    }

    @Override
    public void check(TokenRows rows) {
        rows.place(positions.at());
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return layers.stream().map(layer -> HookPoint.of(site, layer)).toList();
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    @Override
    public String label() {
        return "activations of `" + site.canonical() + "` at sampled positions";
    }
}
