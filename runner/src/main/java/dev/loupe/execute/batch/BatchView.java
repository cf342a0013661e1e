package dev.loupe.execute.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitDirection;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.model.forward.Ops;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.edit.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A finished batch. */
public final class BatchView implements Batch {
    private final TokenRows rows;
    private final ModelShape shape;
    private final boolean causal;
    private final OutputWeights output;
    private final IntFunction<String> names;
    private final Map<HookPoint, NDArray> captures;
    private final @Nullable NDArray logits;
    private final boolean answersOnly;
    private final int @Nullable [] ids;
    private final BiFunction<Direction, HookPoint, float[]> units;
    private final NDManager manager;
    private final Map<String, LogitsAtPositions> asked = new HashMap<>();

    /**
     * @param answersOnly whether the logits are those of {@link AskedPositions#padded} instead of every position
     * @param ids whose logits alone were made, ascending; null for all
     * @param units directions of length 1
     * @param manager owns what is made of the batch
     */
    public BatchView(
            TokenRows rows,
            ModelShape shape,
            boolean causal,
            OutputWeights output,
            IntFunction<String> names,
            Map<HookPoint, NDArray> captures,
            @Nullable NDArray logits,
            boolean answersOnly,
            int @Nullable [] ids,
            BiFunction<Direction, HookPoint, float[]> units,
            NDManager manager) {
        this.rows = rows;
        this.shape = shape;
        this.causal = causal;
        this.output = output;
        this.names = names;
        this.captures = captures;
        this.logits = logits;
        this.answersOnly = answersOnly;
        this.ids = ids;
        this.units = units;
        this.manager = manager;
    }

    /** For batches that are read without the steps of a plan. */
    public static float[] noDirections(Direction direction, HookPoint point) {
        throw new IllegalStateException("no step gives " + direction + " at " + point.name());
    }

    @Override
    public TokenRows rows() {
        return rows;
    }

    @Override
    public NDArray at(HookPoint point) {
        NDArray value = captures.get(point);
        if (value == null) {
            throw new IllegalStateException(point.name() + " was not captured");
        }
        return Ops.alias(value, manager);
    }

    @Override
    public LogitsAtPositions asked(String at) {
        return asked.computeIfAbsent(at, this::ask);
    }

    private LogitsAtPositions ask(String at) {
        if (logits == null) {
            throw new IllegalStateException("no logits were made");
        }
        AskedPositions found = AskedPositions.of(rows, at);
        int n = found.count();
        int[] row = new int[n];
        int[] pos = new int[n];
        int[][] answers = new int[n][];
        long[] flat = new long[n];
        long perRow = logits.getShape().get(1);
        int i = 0;
        for (int r = 0; r < rows.rows(); r++) {
            int[] positions = found.byRow()[r];
            for (int k = 0; k < positions.length; k++) {
                row[i] = r;
                pos[i] = positions[k];
                answers[i] = rows.answers(r, positions[k]);
                flat[i++] = r * perRow + (answersOnly ? k : positions[k]);
            }
        }
        NDArray rowsOfLogits =
                Ops.alias(logits, manager).reshape(-1, logits.getShape().get(2));
        boolean whole = n == rowsOfLogits.getShape().get(0);
        return new LogitsAtPositions(rowsOfLogits, whole ? null : flat, ids, row, pos, answers);
    }

    @Override
    public LogitDirection direction(int[][] right, int[][] wrong) {
        return output.direction(right, wrong);
    }

    @Override
    public <T> T endingAt(
            HookPoint point, String at, @Nullable HookPoint scaleOf, boolean apart, Function<Batch, T> read) {
        // What is made of one point goes before the next: logits are the largest arrays there are.
        try (NDManager own = manager.newSubManager()) {
            OutputWeights ending = new OutputWeights(output.model(), own);
            int[][] positions = AskedPositions.of(rows, at).padded(0);
            NDArray made = ending.logits(at(point), positions, scaleOf == null ? null : at(scaleOf));
            BatchView there = new BatchView(rows, shape, causal, ending, names, captures, made, true, null, units, own);
            return read.apply(apart ? PositionsApart.of(there, at) : there);
        }
    }

    /** The same batch with logits that are asked at one name alone, of other rows. */
    BatchView asking(TokenRows others, String at, LogitsAtPositions answer) {
        BatchView same =
                new BatchView(others, shape, causal, output, names, captures, logits, answersOnly, ids, units, manager);
        same.asked.put(at, answer);
        return same;
    }

    @Override
    public float[] unit(Direction direction, HookPoint point) {
        return units.apply(direction, point);
    }

    @Override
    public NDArray finalScale(NDArray residual) {
        return output.finalScale(residual);
    }

    @Override
    public NDArray throughNorm(String norm, NDArray directions) {
        return output.throughNorm(norm, directions);
    }

    @Override
    public double logitSoftCap() {
        return output.logitSoftCap();
    }

    @Override
    public double attentionSoftCap() {
        return output.attentionSoftCap();
    }

    @Override
    public NDArray withHeadGain(String norm, NDArray heads) {
        return output.withHeadGain(norm, heads);
    }

    @Override
    public NDArray throughHeads(int layer, NDArray directions) {
        return output.throughHeads(layer, directions);
    }

    @Override
    public NDArray asQueries(int layer, NDArray part) {
        return output.asQueries(layer, part);
    }

    @Override
    public NDArray asKeys(int layer, NDArray part) {
        return output.asKeys(layer, part);
    }

    @Override
    public double attentionScale(int layer) {
        return output.attentionScale(layer);
    }

    @Override
    public NDArray throughNeurons(int layer, NDArray directions) {
        return output.throughNeurons(layer, directions);
    }

    @Override
    public NDArray throughFeatures(int layer, NDArray directions) {
        return output.throughFeatures(layer, directions);
    }

    @Override
    public NDArray ofDictionaryBias(int layer, NDArray directions) {
        return output.ofDictionaryBias(layer, directions);
    }

    @Override
    public NDArray ofBias(String bias, NDArray directions) {
        return output.ofBias(bias, directions);
    }

    @Override
    public ModelShape shape() {
        return shape;
    }

    @Override
    public List<String> text(int row) {
        List<String> text = new ArrayList<>();
        for (int id : rows.tokens()[row]) {
            text.add(names.apply(id));
        }
        return text;
    }

    @Override
    public boolean causal() {
        return causal;
    }

    @Override
    public NDManager manager() {
        return manager;
    }
}
