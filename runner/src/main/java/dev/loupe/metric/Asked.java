package dev.loupe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
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
    /** So many log-probabilities are made at once, whatever the vocabulary. */
    private static final int LOGITS = 8_000_000;

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
        NDArray all = whole();
        float[] out = new float[row.length];
        int chunk = (int) Math.max(1, LOGITS / all.getShape().get(1));
        for (int from = 0; from < out.length; from += chunk) {
            int to = Math.min(out.length, from + chunk);
            try (NDManager own = all.getManager().newSubManager()) {
                NDArray some = from == 0 && to == out.length ? all : all.get(own, new NDIndex().addSliceDim(from, to));
                NDArray ids = own.create(Arrays.copyOfRange(target, from, to))
                        .reshape(-1, 1)
                        .toType(DataType.INT64, false);
                NDArray logProbabilities = some.logSoftmax(-1);
                logProbabilities.attach(own);
                float[] chosen = logProbabilities.gather(ids, 1).toFloatArray();
                System.arraycopy(chosen, 0, out, from, chosen.length);
            }
        }
        return out;
    }

    /** The likeliest id of each [asked]. */
    public long[] likeliest() {
        return row.length == 0 ? new long[0] : whole().argMax(-1).toLongArray();
    }
}
