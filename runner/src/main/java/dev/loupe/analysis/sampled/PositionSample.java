package dev.loupe.analysis.sampled;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Quantities of some layers at sampled positions: parts of batches, put side by side in the order of the rows. */
public interface PositionSample extends Summary<List<Activations>> {
    SampledPositions positions();

    List<Integer> layers();

    /** How many rows the dataset has. */
    int rows();

    /** How many quantities all layers have together, told from shapes. */
    default long quantities(ModelShape shape) {
        return captures(shape).stream()
                .mapToLong(point -> shape.elements(point, 1))
                .sum();
    }

    /** The quantities of one layer at some positions of a batch [position, quantity]. */
    float[] read(Batch batch, int layer, Chosen chosen);

    /** How many quantities a layer has. */
    int width(Batch batch);

    /**
     * Positions of a batch.
     *
     * @param row the number of the row of each in the dataset
     * @param pos its position in that row
     * @param flat its place among all positions of the batch
     */
    record Chosen(int[] row, int[] pos, long[] flat) {}

    @Override
    default List<Activations> part(Batch batch, int[] which) {
        TokenRows rows = batch.rows();
        List<int[]> chosen = new ArrayList<>();
        for (int r = 0; r < which.length; r++) {
            chosen.add(positions().of(rows, r, which[r], rows()));
        }
        int n = chosen.stream().mapToInt(c -> c.length).sum();
        Chosen all = new Chosen(new int[n], new int[n], new long[n]);
        int length = rows.rows() == 0 ? 0 : rows.tokens()[0].length;
        int i = 0;
        for (int r = 0; r < which.length; r++) {
            for (int at : chosen.get(r)) {
                all.row()[i] = which[r];
                all.pos()[i] = at;
                all.flat()[i++] = (long) r * length + at;
            }
        }
        List<float[]> values = new ArrayList<>();
        for (int layer : layers()) {
            values.add(n == 0 ? new float[0] : read(batch, layer, all));
        }
        return List.of(new Activations(all.row(), all.pos(), layers(), width(batch), values));
    }

    @Override
    default List<Activations> merge(List<Activations> left, List<Activations> right) {
        List<Activations> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    @Override
    default Activations finish(List<Activations> whole) {
        int n = whole.stream().mapToInt(part -> part.row().length).sum();
        int[] row = new int[n];
        int[] pos = new int[n];
        int width = whole.get(0).width();
        List<float[]> values = new ArrayList<>();
        layers().forEach(layer -> values.add(new float[Math.multiplyExact(n, width)]));
        int at = 0;
        for (Activations part : whole) {
            System.arraycopy(part.row(), 0, row, at, part.row().length);
            System.arraycopy(part.pos(), 0, pos, at, part.row().length);
            for (int l = 0; l < values.size(); l++) {
                float[] some = part.values().get(l);
                System.arraycopy(some, 0, values.get(l), at * width, some.length);
            }
            at += part.row().length;
        }
        return new Activations(row, pos, layers(), width, values);
    }

    @Override
    default boolean keepsParts() {
        return true;
    }

    @Override
    default long partBytes(ModelShape shape, int rows, int all, int length) {
        return Double.BYTES * (quantities(shape) + 2) * positions().most(all) * rows / Math.max(1, all);
    }

    @Override
    default Part numbers(List<Activations> parts) {
        Activations part = finish(parts);
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
    default List<Activations> restored(Part part) {
        List<float[]> values = new ArrayList<>();
        for (double[] wide : part.numbers().subList(3, part.numbers().size())) {
            float[] layer = new float[wide.length];
            for (int i = 0; i < layer.length; i++) {
                layer[i] = (float) wide[i];
            }
            values.add(layer);
        }
        int[] row = Arrays.stream(part.numbers().get(0)).mapToInt(x -> (int) x).toArray();
        int[] pos = Arrays.stream(part.numbers().get(1)).mapToInt(x -> (int) x).toArray();
        return List.of(new Activations(row, pos, layers(), (int) part.numbers().get(2)[0], values));
    }

    @Override
    default void check(TokenRows rows) {
        rows.place(positions().at());
    }

    @Override
    default LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    default List<Axis> axes(ModelShape shape) {
        return List.of();
    }
}
