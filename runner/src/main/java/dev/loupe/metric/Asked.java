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
 * @param made logits of these positions and perhaps others [made, d_vocab_out], or of {@code ids} alone: [made, id]
 * @param at which of them are asked, in order; null for all
 * @param ids ascending; null where the logits are of the whole output vocabulary
 * @param row the batch row of each asked position
 * @param pos its position
 * @param target the id that it should predict, -1 where the dataset asks for none
 */
public record Asked(NDArray made, long @Nullable [] at, int @Nullable [] ids, int[] row, int[] pos, int[] target) {
    /**
     * So many logits are worked on at once, whatever the vocabulary: copies of all would be as large as what was made, and
     * blocks of this size are taken from memory that the allocator has at hand.
     */
    private static final int LOGITS = 4_000_000;

    /** [asked, d_vocab_out] or [asked, id]. */
    public NDArray logits() {
        return at == null
                ? made
                : at.length == 0 ? made.get("0:0") : made.get(made.getManager().create(at));
    }

    /**
     * The logit of one id less that of another for each [asked], as [asked, 1].
     *
     * @param right an id for each
     * @param wrong another
     */
    public NDArray difference(int[] right, int[] wrong) {
        NDArray logits = logits();
        return logits.gather(columns(right), 1).sub(logits.gather(columns(wrong), 1));
    }

    private NDArray columns(int[] wanted) {
        long[] columns = new long[wanted.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ids == null ? wanted[i] : Arrays.binarySearch(ids, wanted[i]);
            if (columns[i] < 0) {
                throw new IllegalStateException("no logit of id " + wanted[i] + " was made");
            }
        }
        return made.getManager().create(columns).reshape(-1, 1);
    }

    /** Log-probability of each target [asked], in nats. */
    public float[] logProbabilities() {
        float[] out = new float[row.length];
        inParts((some, from, to) -> {
            NDArray targets = some.getManager()
                    .create(Arrays.copyOfRange(target, from, to))
                    .reshape(-1, 1)
                    .toType(DataType.INT64, false);
            float[] chosen = some.logSoftmax(-1).gather(targets, 1).toFloatArray();
            System.arraycopy(chosen, 0, out, from, chosen.length);
        });
        return out;
    }

    /** The likeliest id of each [asked]. */
    public long[] likeliest() {
        long[] out = new long[row.length];
        inParts((some, from, to) -> System.arraycopy(some.argMax(-1).toLongArray(), 0, out, from, to - from));
        return out;
    }

    private interface Part {
        /** Logits of the asked positions from one to before another; what is made of them goes with them. */
        void of(NDArray some, int from, int to);
    }

    private void inParts(Part part) {
        if (ids != null) {
            throw new IllegalStateException("only logits of single ids were made");
        }
        int chunk = (int) Math.max(1, LOGITS / made.getShape().get(1));
        for (int from = 0; from < row.length; from += chunk) {
            int to = Math.min(row.length, from + chunk);
            try (NDManager own = made.getManager().newSubManager()) {
                NDArray some = at == null
                        ? made.get(own, new NDIndex().addSliceDim(from, to))
                        : made.get(own, new NDIndex("{}", own.create(Arrays.copyOfRange(at, from, to))));
                part.of(some, from, to);
            }
        }
    }
}
