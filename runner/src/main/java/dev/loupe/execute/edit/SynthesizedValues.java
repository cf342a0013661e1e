package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.forward.Parameters;
import dev.loupe.plan.edit.AddedNoise;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.EmbeddingOf;
import dev.loupe.plan.edit.WithinDirection;
import java.util.Map;
import java.util.Objects;

/** Values of edits that are made from weights, seeds and finished steps rather than taken from another run. */
public final class SynthesizedValues {
    private final Parameters parameters;
    private final Map<Integer, StepValue> done;
    private double deviation = Double.NaN;

    public SynthesizedValues(Parameters parameters, Map<Integer, StepValue> done) {
        this.parameters = parameters;
        this.done = done;
    }

    /**
     * @param rows of one cell
     * @param which their numbers in the dataset
     * @return [row or 1, pos or 1, d]; for a change along a direction that direction
     */
    public NDArray of(EditValue value, HookPoint point, TokenRows rows, int[] which, NDManager scope) {
        if (value instanceof DirectionEdit along) {
            float[] direction = Directions.of(along.direction(), point, done);
            return vector(along.how() == DirectionEdit.How.ADD ? direction : Directions.unit(direction, point), scope);
        }
        if (value instanceof WithinDirection within) {
            return vector(Directions.unit(Directions.of(within.direction(), point, done), point), scope);
        }
        if (value instanceof AddedNoise noise) {
            return noise(noise, rows, which, scope);
        }
        if (value instanceof EmbeddingOf other) {
            return embedding(other, rows, scope);
        }
        throw new IllegalStateException("no value for " + value);
    }

    private static NDArray vector(float[] direction, NDManager scope) {
        return scope.create(direction, new Shape(1, 1, direction.length));
    }

    private NDArray table() {
        return Objects.requireNonNull(parameters.arrays().get("embed.W_E"));
    }

    private NDArray noise(AddedNoise noise, TokenRows rows, int[] which, NDManager scope) {
        int width = parameters.config().dModel();
        int length = rows.tokens()[0].length;
        float[] values = new float[Math.multiplyExact(which.length, length * width)];
        for (int r = 0; r < which.length; r++) {
            new Gaussian(noise.seed() + 0x9E3779B97F4A7C15L * noise.sample(), which[r])
                    .fill(values, r * length * width, length * width, noise.times() * deviation());
        }
        return scope.create(values, new Shape(which.length, length, width));
    }

    /** Standard deviation over all entries of W_E. */
    private double deviation() {
        if (Double.isNaN(deviation)) {
            try (NDManager scope = parameters.manager().newSubManager()) {
                NDArray table = parameters.tl("embed.W_E", scope);
                NDArray centred = table.sub(table.mean());
                deviation = Math.sqrt(centred.square().mean().getFloat());
            }
        }
        return deviation;
    }

    private NDArray embedding(EmbeddingOf other, TokenRows rows, NDManager scope) {
        long[] ids = new long[rows.rows()];
        for (int r = 0; r < ids.length; r++) {
            ids[r] = switch (other.from()) {
                case ID -> other.id();
                case COLUMN -> Objects.requireNonNull(rows.columns().get(other.name()))[r];
                case POSITION ->
                    rows.tokens()[r][Objects.requireNonNull(rows.positions().get(other.name()))[r]];
            };
        }
        NDArray taken = table().get(scope.create(ids)).toType(DataType.FLOAT32, false);
        taken.attach(scope);
        return taken.expandDims(1);
    }
}
