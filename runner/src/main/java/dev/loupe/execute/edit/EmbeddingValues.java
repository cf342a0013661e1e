package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.plan.edit.AddedNoise;
import dev.loupe.plan.edit.EmbeddingOf;
import dev.loupe.plan.edit.WithoutFrequencies;
import java.util.Objects;

/** Values of edits that are made from a model's token embedding: noise of its scale and the rows of other tokens. */
public final class EmbeddingValues {
    private final TokenModel model;
    private double deviation = Double.NaN;

    public EmbeddingValues(TokenModel model) {
        this.model = model;
    }

    private NDArray table() {
        return Objects.requireNonNull(model.parameters().arrays().get("embed.W_E"));
    }

    /**
     * @param which the numbers of the rows in the dataset
     * @return [row, pos, d]
     */
    public NDArray noise(AddedNoise noise, TokenRows rows, int[] which, NDManager scope) {
        int width = model.parameters().config().dModel();
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
            try (NDManager scope = model.parameters().manager().newSubManager()) {
                NDArray table = model.parameters().tl("embed.W_E", scope);
                NDArray centred = table.sub(table.mean());
                deviation = Math.sqrt(centred.square().mean().getFloat());
            }
        }
        return deviation;
    }

    /** [row, 1, d]. */
    public NDArray embedding(EmbeddingOf other, TokenRows rows, NDManager scope) {
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

    /**
     * The embeddings of the rows' own tokens, those of numbers without some frequencies.
     *
     * @return [row, pos, d]
     */
    public NDArray frequencies(WithoutFrequencies value, TokenRows rows, NDManager scope) {
        int modulus = value.modulus();
        int length = rows.tokens()[0].length;
        long[] ids = new long[rows.rows() * length];
        long[] numbers = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = rows.tokens()[i / length][i % length];
            numbers[i] = Math.min(ids[i], modulus);
        }
        NDArray own = table().get(scope.create(ids)).toType(DataType.FLOAT32, false);
        own.attach(scope);
        NDArray first = table().get("0:" + modulus).toType(DataType.FLOAT32, false);
        first.attach(scope);
        NDArray removed =
                scope.create(removing(value), new Shape(modulus + 1, modulus)).matMul(first);
        return own.sub(removed.get(scope.create(numbers)))
                .reshape(rows.rows(), length, first.getShape().get(1));
    }

    /** What takes some frequencies out of a column over the numbers [modulus + 1, modulus]; a last row of zeros for other tokens. */
    private static float[] removing(WithoutFrequencies value) {
        int modulus = value.modulus();
        float[] out = new float[(modulus + 1) * modulus];
        for (int x = 0; x < modulus; x++) {
            for (int y = 0; y < modulus; y++) {
                double sum = 0;
                for (int frequency : value.frequencies()) {
                    sum += Math.cos(2 * Math.PI * ((long) frequency * (x - y) % modulus) / modulus);
                }
                out[x * modulus + y] = (float) (2 * sum / modulus);
            }
        }
        return out;
    }
}
