package dev.loupe.metric;

import ai.djl.ndarray.NDArray;

/**
 * Logits at asked positions only.
 *
 * @param logits [asked, d_vocab_out]
 * @param row the batch row of each
 * @param pos its position
 * @param target the id that it should predict, -1 where the dataset asks for none
 */
public record Asked(NDArray logits, int[] row, int[] pos, int[] target) {
    /** Log-probability of each target [asked], in nats. */
    public float[] logProbabilities() {
        if (row.length == 0) {
            return new float[0];
        }
        NDArray ids =
                logits.getManager().create(target).reshape(-1, 1).toType(ai.djl.ndarray.types.DataType.INT64, false);
        return logits.logSoftmax(-1).gather(ids, 1).toFloatArray();
    }

    /** The likeliest id of each [asked]. */
    public long[] likeliest() {
        return row.length == 0 ? new long[0] : logits.argMax(-1).toLongArray();
    }
}
