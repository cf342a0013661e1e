package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.forward.Ops;
import dev.loupe.plan.edit.AddedNoise;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.EmbeddingOf;
import dev.loupe.plan.edit.IncomingEdges;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.plan.edit.WithinDirection;
import dev.loupe.plan.edit.WithoutDimensions;
import dev.loupe.plan.edit.WithoutFrequencies;
import java.util.Arrays;
import java.util.List;

/**
 * What stands at a point after an edit, where it writes: one method for each kind of value.
 *
 * @param values what the values are in numbers
 * @param split the activation before the edit [cell, row, ...]
 */
record WrittenEdit(Editing.Values values, HookPoint point, NDArray split) implements EditValue.Visitor<NDArray> {
    @Override
    public NDArray zero(EditValue.Zero value) {
        return split.zerosLike();
    }

    @Override
    public NDArray mean(EditValue.MeanOf value) {
        return inEachCell(value);
    }

    @Override
    public NDArray fromRun(EditValue.FromRun value) {
        return inEachCell(value);
    }

    @Override
    public NDArray embedding(EmbeddingOf value) {
        return inEachCell(value);
    }

    @Override
    public NDArray frequencies(WithoutFrequencies value) {
        return inEachCell(value);
    }

    @Override
    public NDArray direction(DirectionEdit value) {
        return Directions.changed(split, last(numbers(value)).expandDims(0), value);
    }

    @Override
    public NDArray within(WithinDirection value) {
        return Directions.within(
                split, value.value().accept(this), last(numbers(value)).expandDims(0));
    }

    @Override
    public NDArray without(WithoutDimensions value) {
        long[] shape = new long[split.getShape().dimension()];
        Arrays.fill(shape, 1);
        float[] kept = new float[Math.toIntExact(split.getShape().get(shape.length - 1))];
        Arrays.fill(kept, 1);
        value.dimensions().forEach(dimension -> kept[dimension] = 0);
        shape[shape.length - 1] = kept.length;
        return split.mul(split.getManager().create(kept, new Shape(shape)));
    }

    @Override
    public NDArray noise(AddedNoise value) {
        return split.add(last(numbers(value)).expandDims(0));
    }

    @Override
    public NDArray recorded(RecordedCell value) {
        return lastOfEach(numbers(value)).reshape(split.getShape());
    }

    @Override
    public NDArray edges(IncomingEdges value) {
        throw new IllegalStateException("patched edges add to the value at " + point.name());
    }

    private NDArray inEachCell(EditValue value) {
        return last(numbers(value)).expandDims(0).broadcast(split.getShape());
    }

    /** Owned by whoever owns what it is written into: results would live as long as the run that it is from otherwise. */
    private NDArray numbers(EditValue value) {
        return Ops.alias(values.of(value, point), split.getManager());
    }

    /** A value of every position as the run has it, which may have only the last; one for all positions stays. */
    private NDArray last(NDArray value) {
        return value.getShape().get(position()) == 1 ? value : lastOfEach(value);
    }

    private NDArray lastOfEach(NDArray value) {
        int axis = position();
        long all = value.getShape().get(axis);
        long run = split.getShape().get(axis + 1);
        return EditedRun.part(value, axis, all - run, all, split.getManager());
    }

    private int position() {
        List<String> axes = point.site().axes();
        return Math.max(axes.indexOf("pos"), axes.indexOf("query_pos"));
    }
}
