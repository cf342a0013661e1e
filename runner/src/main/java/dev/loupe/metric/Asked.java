package dev.loupe.metric;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Logits at asked positions only.
 *
 * @param logits [asked, d_vocab_out], or of {@code ids} alone: [asked, id]
 * @param ids ascending; null where the logits are of the whole output vocabulary
 * @param row the batch row of each
 * @param pos its position
 * @param target the id that it should predict, -1 where the dataset asks for none
 */
public record Asked(NDArray logits, int @Nullable [] ids, int[] row, int[] pos, int[] target) {
    /**
     * The logit of one id for each [asked], as [asked, 1].
     *
     * @param wanted an id for each
     */
    public NDArray of(int[] wanted) {
        long[] columns = new long[wanted.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ids == null ? wanted[i] : Arrays.binarySearch(ids, wanted[i]);
            if (columns[i] < 0) {
                throw new IllegalStateException("no logit of id " + wanted[i] + " was made");
            }
        }
        return logits.gather(logits.getManager().create(columns).reshape(-1, 1), 1);
    }

    private NDArray whole() {
        if (ids != null) {
            throw new IllegalStateException("only logits of single ids were made");
        }
        return logits;
    }

    /** Log-probability of each target [asked], in nats. */
    public float[] logProbabilities() {
        if (row.length == 0) {
            return new float[0];
        }
        NDArray ids =
                logits.getManager().create(target).reshape(-1, 1).toType(ai.djl.ndarray.types.DataType.INT64, false);
        return whole().logSoftmax(-1).gather(ids, 1).toFloatArray();
    }

    /** The likeliest id of each [asked]. */
    public long[] likeliest() {
        return row.length == 0 ? new long[0] : whole().argMax(-1).toLongArray();
    }
}
