package dev.loupe.execute.hypotheses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.progress.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The activation of neurons at positions of rows of which only some tokens are read. Where tokens keep their positions, the
 * whole row is run and no position that is read attends to one that is not; otherwise the tokens that are read are put together.
 */
final class WindowedRuns {
    private static final int TOGETHER = 16;

    private final TokenRows rows;
    private final LoadedModel model;
    private final Site site;
    private final boolean positions;
    private final StopSignal stop;

    WindowedRuns(TokenRows rows, LoadedModel model, Site site, boolean positions, StopSignal stop) {
        this.rows = rows;
        this.model = model;
        this.site = site;
        this.positions = positions;
        this.stop = stop;
    }

    /**
     * What is read.
     *
     * @param pos where the neuron is read
     * @param read the positions that are read, ascending, the last one {@code pos}
     */
    record Window(NeuronName neuron, int row, int pos, int[] read) {}

    /** The activations [window]. */
    double[] of(List<Window> windows) {
        double[] values = new double[windows.size()];
        Map<Integer, List<Integer>> byLength = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            Window window = windows.get(i);
            int length = positions ? rows.tokens()[window.row()].length : window.read().length;
            byLength.computeIfAbsent(length, k -> new ArrayList<>()).add(i);
        }
        byLength.values().forEach(equal -> {
            for (int from = 0; from < equal.size(); from += TOGETHER) {
                stop.check();
                List<Integer> some = equal.subList(from, Math.min(equal.size(), from + TOGETHER));
                double[] read = run(some.stream().map(windows::get).toList());
                IntStream.range(0, read.length).forEach(i -> values[some.get(i)] = read[i]);
            }
        });
        return values;
    }

    private double[] run(List<Window> batch) {
        TokenModel running = Objects.requireNonNull(model.tokens());
        int length = positions
                ? batch.stream().mapToInt(Window::pos).max().orElse(0) + 1
                : batch.get(0).read().length;
        int[][] tokens = new int[batch.size()][];
        for (int b = 0; b < tokens.length; b++) {
            int[] own = rows.tokens()[batch.get(b).row()];
            tokens[b] = positions
                    ? Arrays.copyOf(own, length)
                    : Arrays.stream(batch.get(b).read()).map(pos -> own[pos]).toArray();
        }
        Map<Integer, float[]> activations = new TreeMap<>();
        try (NDManager scope = model.manager().newSubManager()) {
            NDArray hidden = positions ? model.onDevice(hidden(batch, length, scope)) : null;
            NDArray input = model.onDevice(TokenArrays.array(tokens, scope));
            int last = batch.stream()
                    .mapToInt(window -> window.neuron().layer())
                    .max()
                    .orElse(0);
            running.forward(
                    ForwardRequest.of(input).stopBefore(last + 1), new Reader(batch, hidden, activations), scope);
        }
        double[] values = new double[batch.size()];
        for (int b = 0; b < values.length; b++) {
            Window window = batch.get(b);
            float[] layer =
                    Objects.requireNonNull(activations.get(window.neuron().layer()));
            int width = layer.length / (batch.size() * length);
            int at = positions ? window.pos() : length - 1;
            values[b] = layer[(b * length + at) * width + window.neuron().neuron()];
        }
        return values;
    }

    /** What is added to scores [row, 1, query, key]: positions that are not read see all before them, and nobody sees them. */
    private static NDArray hidden(List<Window> batch, int length, NDManager scope) {
        float[] mask = new float[batch.size() * length * length];
        for (int b = 0; b < batch.size(); b++) {
            boolean[] read = new boolean[length];
            Arrays.stream(batch.get(b).read()).forEach(pos -> read[pos] = true);
            for (int query = 0; query < length; query++) {
                for (int key = 0; read[query] && key < length; key++) {
                    mask[(b * length + query) * length + key] = read[key] ? 0 : Float.NEGATIVE_INFINITY;
                }
            }
        }
        return scope.create(mask, new Shape(batch.size(), 1, length, length));
    }

    private final class Reader implements HookVisitor {
        private final List<Window> batch;
        private final @Nullable NDArray hidden;
        private final Map<Integer, float[]> activations;

        Reader(List<Window> batch, @Nullable NDArray hidden, Map<Integer, float[]> activations) {
            this.batch = batch;
            this.hidden = hidden;
            this.activations = activations;
        }

        @Override
        public boolean wants(HookPoint point) {
            return point.site() == Site.ATTN_SCORES && hidden != null
                    || point.site() == site
                            && batch.stream().anyMatch(window -> window.neuron().layer() == point.layer());
        }

        @Override
        public NDArray visit(HookPoint point, NDArray value) {
            if (point.site() == Site.ATTN_SCORES) {
                return value.add(hidden);
            }
            activations.put(point.layer(), value.toFloatArray());
            return value;
        }
    }
}
