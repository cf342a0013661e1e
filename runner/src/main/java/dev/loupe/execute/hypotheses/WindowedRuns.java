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
import java.util.Comparator;
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

    /** Tokens of a run that takes little longer than one of a single token. */
    static final int FEW = 128;

    /** Tokens that keep all cores busy, and need little memory. */
    private static final int MANY = 512;

    private final TokenRows rows;
    private final LoadedModel model;
    private final TokenModel running;
    private final Site site;
    private final boolean positions;
    private final StopSignal stop;

    WindowedRuns(TokenRows rows, LoadedModel model, Site site, boolean positions, StopSignal stop) {
        this.rows = rows;
        this.model = model;
        this.running = Objects.requireNonNull(model.tokens());
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
        for (List<Integer> together : together(windows)) {
            stop.check();
            double[] read = run(together.stream().map(windows::get).toList());
            IntStream.range(0, read.length).forEach(i -> values[together.get(i)] = read[i]);
        }
        return values;
    }

    /** The places of windows that run together: of equal lengths, or of lengths near enough to be filled up. */
    private List<List<Integer>> together(List<Window> windows) {
        List<Integer> ascending = IntStream.range(0, windows.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> length(windows.get(i))))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        for (int i : ascending) {
            List<Integer> last = batches.isEmpty() ? List.of() : batches.get(batches.size() - 1);
            if (last.isEmpty() || !fits(length(windows.get(i)), length(windows.get(last.get(0))), last.size() + 1)) {
                batches.add(last = new ArrayList<>());
            }
            last.add(i);
        }
        return batches;
    }

    private int length(Window window) {
        return positions ? rows.tokens()[window.row()].length : window.read().length;
    }

    /**
     * Whether so many windows may run together. What comes after a window changes nothing where attention is causal, so that
     * shorter ones are filled up: a run of few tokens takes as long as reading the weights does.
     */
    private boolean fits(int longest, int shortest, int windows) {
        if (positions || !running.causal()) {
            return longest == shortest && windows <= TOGETHER;
        }
        int tokens = windows * longest;
        return tokens <= FEW || tokens <= Math.max(MANY, TOGETHER * longest) && longest - shortest <= shortest / 8;
    }

    private double[] run(List<Window> batch) {
        int length = batch.stream()
                .mapToInt(window -> positions ? window.pos() + 1 : window.read().length)
                .max()
                .orElse(0);
        int[][] tokens = new int[batch.size()][];
        for (int b = 0; b < tokens.length; b++) {
            int[] own = rows.tokens()[batch.get(b).row()];
            int[] read = batch.get(b).read();
            tokens[b] = positions
                    ? Arrays.copyOf(own, length)
                    : IntStream.range(0, length)
                            .map(i -> own[read[Math.min(i, read.length - 1)]])
                            .toArray();
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
            int at = positions ? window.pos() : window.read().length - 1;
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
