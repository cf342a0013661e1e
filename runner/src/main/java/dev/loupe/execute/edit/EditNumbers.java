package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.edit.AddedNoise;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.EmbeddingOf;
import dev.loupe.plan.edit.IncomingEdges;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.plan.edit.WithinDirection;
import dev.loupe.plan.edit.WithoutDimensions;
import dev.loupe.plan.edit.WithoutFrequencies;
import java.util.Map;
import java.util.function.Function;

/**
 * What an edit's value is in numbers, in batches of rows and in running text alike: one method for each kind, each giving
 * [row or 1, pos or 1, ...]. {@link WrittenEdit} says what is done with them.
 *
 * @param done values of finished steps
 * @param rows the rows that are edited
 * @param point where the value is written; of patched edges where their start writes
 * @param scope owns what is made
 */
public record EditNumbers(Map<Integer, StepValue> done, Rows rows, HookPoint point, NDManager scope)
        implements EditValue.Visitor<NDArray> {
    /** Rows that are edited. */
    public interface Rows {
        /** Each once. */
        TokenRows tokens();

        /** What another run of them had at a point. */
        NDArray activation(int run, HookPoint point);

        /** Noise of as many positions as they have. */
        NDArray noise(AddedNoise noise, NDManager scope);

        /** The embedding of a token that each of them names. */
        NDArray embedding(EmbeddingOf other, NDManager scope);

        /** The rows' own embeddings without frequencies over the numbers [row, pos, d]. */
        NDArray frequencies(WithoutFrequencies value, NDManager scope);
    }

    @Override
    public NDArray zero(EditValue.Zero value) {
        throw new IllegalStateException("zero needs no numbers");
    }

    @Override
    public NDArray mean(EditValue.MeanOf value) {
        if (!(done.get(value.summary()) instanceof StepValue.Activation known)) {
            throw new IllegalStateException("no mean #" + value.summary());
        }
        NDArray all = scope.create(known.data(), new Shape(known.shape()));
        long positions = known.shape()[0];
        if (positions == 1) {
            return all.expandDims(0);
        }
        int length = rows.tokens().tokens()[0].length;
        if (positions < length) {
            throw new IllegalArgumentException("the mean of " + point.name() + " is known for " + positions
                    + " positions, a row has " + length
                    + ": take the reference rows at least as long, or `per: all`");
        }
        return all.get("0:" + length).expandDims(0);
    }

    @Override
    public NDArray fromRun(EditValue.FromRun value) {
        return rows.activation(value.forward(), point);
    }

    @Override
    public NDArray recorded(RecordedCell value) {
        return rows.activation(value.forward(), point);
    }

    @Override
    public NDArray edges(IncomingEdges value) {
        return rows.activation(value.run(), point);
    }

    /** The direction, of length 1 unless it is added as it is. */
    @Override
    public NDArray direction(DirectionEdit value) {
        return value.how() == DirectionEdit.How.ADD
                ? vectors(value.direction(), each -> Directions.of(each, point, done))
                : unit(value.direction());
    }

    /** The direction, of length 1. */
    @Override
    public NDArray within(WithinDirection value) {
        return unit(value.direction());
    }

    @Override
    public NDArray noise(AddedNoise value) {
        return rows.noise(value, scope);
    }

    @Override
    public NDArray embedding(EmbeddingOf value) {
        return rows.embedding(value, scope);
    }

    @Override
    public NDArray frequencies(WithoutFrequencies value) {
        return rows.frequencies(value, scope);
    }

    @Override
    public NDArray without(WithoutDimensions value) {
        throw new IllegalStateException("what is set to 0 needs no numbers");
    }

    private NDArray unit(Direction direction) {
        return vectors(direction, each -> Directions.unit(Directions.of(each, point, done)));
    }

    /** [1, 1, d], or [row, pos, d] where the direction differs by the value of a label. */
    private NDArray vectors(Direction direction, Function<Direction, float[]> numbers) {
        if (direction instanceof Direction.ByLabel by) {
            return new LabelledDirections(by, numbers).in(rows.tokens(), scope);
        }
        float[] values = numbers.apply(direction);
        return scope.create(values, new Shape(1, 1, values.length));
    }
}
