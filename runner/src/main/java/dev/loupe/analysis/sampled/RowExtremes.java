package dev.loupe.analysis.sampled;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.StepValue.Extremes;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The largest and the smallest activation of every neuron of some layers in each row, with the first position that has it. Of
 * these the examples of any neuron are chosen, so that one scan of the rows serves all.
 *
 * @param at only positions of this class
 * @param minPosition the first position that counts
 */
public record RowExtremes(Site site, List<Integer> layers, String at, int minPosition)
        implements Summary<List<Extremes>> {
    /** A value and its position, twice, for each row and neuron. */
    private static final long BYTES = 16;

    public RowExtremes {
        layers = List.copyOf(layers);
    }

    /** What the result takes. */
    long bytes(int rows, int width) {
        return BYTES * rows * width * layers.size();
    }

    @Override
    public List<Extremes> part(Batch batch, int[] which) {
        TokenRows rows = batch.rows();
        TokenRows.Place place = rows.place(at);
        List<float[]> high = new ArrayList<>();
        List<int[]> highAt = new ArrayList<>();
        List<float[]> low = new ArrayList<>();
        List<int[]> lowAt = new ArrayList<>();
        int width = 0;
        for (int layer : layers) {
            NDArray all = batch.at(HookPoint.of(site, layer));
            int length = (int) all.getShape().get(1);
            width = (int) all.getShape().get(2);
            float[] values = all.toFloatArray();
            float[] most = new float[which.length * width];
            float[] least = new float[most.length];
            int[] mostAt = new int[most.length];
            int[] leastAt = new int[most.length];
            Arrays.fill(most, Float.NEGATIVE_INFINITY);
            Arrays.fill(least, Float.POSITIVE_INFINITY);
            Arrays.fill(mostAt, -1);
            Arrays.fill(leastAt, -1);
            for (int r = 0; r < which.length; r++) {
                for (int pos = minPosition; pos < length; pos++) {
                    if (place.has(r, pos)) {
                        int from = (r * length + pos) * width;
                        for (int n = 0; n < width; n++) {
                            float value = values[from + n];
                            int cell = r * width + n;
                            if (value > most[cell]) {
                                most[cell] = value;
                                mostAt[cell] = pos;
                            }
                            if (value < least[cell]) {
                                least[cell] = value;
                                leastAt[cell] = pos;
                            }
                        }
                    }
                }
            }
            high.add(most);
            highAt.add(mostAt);
            low.add(least);
            lowAt.add(leastAt);
        }
        return List.of(new Extremes(which.clone(), layers, width, high, highAt, low, lowAt));
    }

    @Override
    public List<Extremes> merge(List<Extremes> left, List<Extremes> right) {
        List<Extremes> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    @Override
    public StepValue finish(List<Extremes> whole) {
        int rows = whole.stream().mapToInt(part -> part.row().length).sum();
        int width = whole.get(0).width();
        int[] row = new int[rows];
        List<float[]> high = new ArrayList<>();
        List<int[]> highAt = new ArrayList<>();
        List<float[]> low = new ArrayList<>();
        List<int[]> lowAt = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            high.add(new float[rows * width]);
            highAt.add(new int[rows * width]);
            low.add(new float[rows * width]);
            lowAt.add(new int[rows * width]);
        }
        int to = 0;
        for (Extremes part : whole) {
            int n = part.row().length;
            System.arraycopy(part.row(), 0, row, to, n);
            for (int l = 0; l < layers.size(); l++) {
                System.arraycopy(part.high().get(l), 0, high.get(l), to * width, n * width);
                System.arraycopy(part.highAt().get(l), 0, highAt.get(l), to * width, n * width);
                System.arraycopy(part.low().get(l), 0, low.get(l), to * width, n * width);
                System.arraycopy(part.lowAt().get(l), 0, lowAt.get(l), to * width, n * width);
            }
            to += n;
        }
        return new Extremes(row, layers, width, high, highAt, low, lowAt);
    }

    @Override
    public void check(TokenRows rows) {
        rows.place(at);
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
        return "extremes of `" + site.canonical() + "` in each row";
    }
}
