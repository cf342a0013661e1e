package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.Estimate;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Estimates effects of edits without making them: one run on the rows whose activations would be written, one on the rows
 * that would be edited, and a backward pass through the latter. The value is a table of rows.
 *
 * @param source rows whose activations would be written, aligned with {@code edited}
 * @param edited rows whose run would be edited; the metric is read there
 */
public record Differentiate(
        int id, Estimate estimate, int load, ModelRef model, RowsRef source, RowsRef edited, int rowsPerBatch)
        implements PlanStep {
    /** Activations that wait for the backward pass may take so many bytes. */
    private static final long BYTES = 500_000_000;

    public Differentiate {
        if (!source.alignment().equals(edited.alignment())) {
            throw new IllegalStateException(source.name() + " and " + edited.name() + " do not pair up");
        }
    }

    /** With as many rows a batch as the activations that a backward pass needs allow. */
    public static Differentiate of(
            int id, Estimate estimate, int load, ModelRef model, RowsRef source, RowsRef edited) {
        long perRow = Math.max(1, Memory.gradient(estimate, model.shape(), Math.max(1, edited.longest())));
        int rows = (int) Math.max(1, Math.min(edited.rows(), BYTES / perRow));
        return new Differentiate(id, estimate, load, model, source, edited, rows);
    }

    /** Whether only the positions that the metric reads are unembedded. */
    public boolean answersOnly() {
        return answersOnly(estimate, model.shape());
    }

    static boolean answersOnly(Estimate estimate, ModelShape shape) {
        return estimate.logits().only().answersOnly()
                && Stream.concat(estimate.outputs(shape).stream(), estimate.inputs(shape).stream())
                        .noneMatch(HookPoint::afterBlocks);
    }

    @Override
    public List<Integer> inputs() {
        return List.of(load);
    }

    @Override
    public Differentiate renamed(IntUnaryOperator names) {
        return new Differentiate(
                names.applyAsInt(id), estimate, names.applyAsInt(load), model, source, edited, rowsPerBatch);
    }

    @Override
    public String describe() {
        return "gradients of " + model.label() + " on " + edited.name() + " (" + Count.of(edited.rows(), "row") + "): "
                + estimate.label();
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public long flops() {
        return Cost.flops(this);
    }

    @Override
    public List<ModelRef> models() {
        return List.of(model);
    }

    @Override
    public long bytes() {
        return Memory.gradient(estimate, model.shape(), edited.longest()) * rowsPerBatch;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return estimate.axes(model.shape());
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.loads(this, load, model);
    }

    @Override
    public List<String> lines(Lifetimes lifetimes) {
        return List.of("both runs and backward, batches of " + Count.of(rowsPerBatch, "row") + ", "
                + Amount.of(flops(), "FLOP"));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.differentiate(this);
    }
}
