package dev.loupe.analysis.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.Patterns;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How far back every head looks. */
@Named("distance-profile")
@Doc("Mean attention of every head to the token d positions back, for d = 0 up to a limit.")
@Example("{distance-profile: 5}")
public record DistanceProfile(
        @Key("distance-profile") @Doc("The largest distance.")
        int farthest) implements HeadAnalysis, RowReading {
    public DistanceProfile {
        if (farthest < 0 || farthest > 512) {
            throw new IllegalArgumentException("the largest distance is 0 to 512, not " + farthest);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        int run = planning.clean(
                planning.rows(planning.on()), captures(planning.model().shape()), LogitsRead.NONE);
        return planning.builder().add(id -> new ReadRows(id, this, List.of(run), List.of()));
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return Patterns.all(shape);
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(
                Axis.counted("layer", shape.layers()),
                Axis.counted("head", shape.heads()),
                Axis.counted("distance", farthest + 1));
    }

    @Override
    public void check(TokenRows rows) {
        int longest =
                Arrays.stream(rows.tokens()).mapToInt(row -> row.length).max().orElse(0);
        if (farthest >= longest) {
            throw new IllegalArgumentException("a distance of " + farthest
                    + " is too large for every row: the longest has " + longest + " tokens, so the maximum is "
                    + (longest - 1));
        }
    }

    @Override
    public RowValues read(Batch batch) {
        int length = batch.rows().tokens()[0].length;
        List<NDArray> layers = new ArrayList<>();
        for (HookPoint point : captures(batch.shape())) {
            List<NDArray> diagonals = new ArrayList<>();
            NDArray pattern = batch.at(point);
            for (int d = 0; d <= farthest; d++) {
                diagonals.add(diagonal(pattern, length, d).expandDims(2));
            }
            // [row, head, distance]
            layers.add(NDArrays.concat(new NDList(diagonals), 2).expandDims(1));
        }
        float[] sums = NDArrays.concat(new NDList(layers), 1).toFloatArray();
        RowValues out = RowValues.zeros(sums.length);
        for (int i = 0; i < sums.length; i++) {
            out.numerator()[i] = sums[i];
            out.denominator()[i] = Math.max(0, length - i % (farthest + 1));
        }
        return out;
    }

    /** Sum of the d-th diagonal below the main one [row, head]. */
    private static NDArray diagonal(NDArray pattern, int length, int d) {
        if (d >= length) {
            return pattern.sum(new int[] {2, 3}).mul(0);
        }
        float[] mask = new float[length * length];
        for (int i = d; i < length; i++) {
            mask[i * length + i - d] = 1;
        }
        return pattern.mul(pattern.getManager().create(mask, new Shape(length, length)))
                .sum(new int[] {2, 3});
    }

    @Override
    public String label() {
        return "distance profile to " + farthest;
    }

    @Override
    public String title() {
        return "Attention by distance";
    }

    @Override
    public String formula() {
        return "mean over queries i >= d of A[i, i-d]";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "share of attention";
    }

    @Override
    public Figure figure() {
        return Figure.LINES;
    }

    @Override
    public boolean searches() {
        return true;
    }
}
