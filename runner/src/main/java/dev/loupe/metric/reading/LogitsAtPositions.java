package dev.loupe.metric.reading;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.SparseFormat;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Logits at asked positions only.
 *
 * @param made logits of these positions and perhaps others [made, d_vocab_out], or of {@code ids} alone: [made, id]
 * @param at which of them are asked, in order; null for all
 * @param ids ascending; null where the logits are of the whole output vocabulary
 * @param row the batch row of each asked position
 * @param pos its position
 * @param answers the ids that are right there, see {@link TokenRows#answers}: none where the dataset asks for none
 */
public record LogitsAtPositions(
        NDArray made, long @Nullable [] at, int @Nullable [] ids, int[] row, int[] pos, int[][] answers) {
    /**
     * So many logits are worked on at once, whatever the vocabulary: copies of all would be as large as what was made, and
     * blocks of this size are taken from memory that the allocator has at hand.
     */
    private static final int LOGITS = 4_000_000;

    /** Those that predict something: the others have no answer, like the last position of a text. */
    public LogitsAtPositions predictions() {
        int[] kept = IntStream.range(0, row.length)
                .filter(i -> answers[i].length > 0)
                .toArray();
        if (kept.length == row.length) {
            return this;
        }
        return new LogitsAtPositions(
                made,
                Arrays.stream(kept).mapToLong(i -> at == null ? i : at[i]).toArray(),
                ids,
                Arrays.stream(kept).map(i -> row[i]).toArray(),
                Arrays.stream(kept).map(i -> pos[i]).toArray(),
                Arrays.stream(kept).mapToObj(i -> answers[i]).toArray(int[][]::new));
    }

    /** [asked, d_vocab_out] or [asked, id]. */
    public NDArray logits() {
        return at == null
                ? made
                : at.length == 0 ? made.get("0:0") : made.get(made.getManager().create(at));
    }

    /** The logits of several ids each, as one number: [asked, 1]. */
    public NDArray logits(int[][] wanted, Reduction how) {
        return groups(wanted).of(logits(), how);
    }

    /**
     * The logit of right ids less that of wrong ones for each [asked], as [asked, 1].
     *
     * @param right at least one id for each
     * @param wrong others
     */
    public NDArray difference(int[][] right, int[][] wrong, Reduction how) {
        return logits(right, how).sub(logits(wrong, how));
    }

    /** Of several ids for each those whose mean logit is {@link #logits(int[][], Reduction)}: a sum has none. */
    public int[][] members(int[][] wanted, Reduction how) {
        return switch (how) {
            case MEAN -> wanted;
            case FIRST -> one(wanted, new int[wanted.length]);
            case MAX -> one(wanted, groups(wanted).largest(logits()));
            case SUM -> throw new IllegalStateException("a sum of logits is not a mean");
        };
    }

    private static int[][] one(int[][] wanted, int[] which) {
        int[][] out = new int[wanted.length][];
        for (int i = 0; i < out.length; i++) {
            out[i] = new int[] {wanted[i][which[i]]};
        }
        return out;
    }

    /** For each [asked] the ids of a set of tokens in its row. */
    public int[][] ids(TokenRows rows, TokenSet set) {
        int[][] out = new int[row.length][];
        for (int i = 0; i < out.length; i++) {
            out[i] = set.ids(rows, row[i]);
        }
        return out;
    }

    private ColumnGroups groups(int[][] wanted) {
        if (ids == null) {
            return new ColumnGroups(wanted);
        }
        int[][] columns = new int[wanted.length][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new int[wanted[i].length];
            for (int k = 0; k < columns[i].length; k++) {
                columns[i][k] = Arrays.binarySearch(ids, wanted[i][k]);
                if (columns[i][k] < 0) {
                    throw new IllegalStateException("no logit of id " + wanted[i][k] + " was made");
                }
            }
        }
        return new ColumnGroups(columns);
    }

    /** Log-probabilities of the {@link #answers} of each [asked], in nats; of a sum the log of the summed probability. */
    public float[] logProbabilities(Reduction how) {
        return logProbabilities(answers, how);
    }

    /** The same of other ids: [asked]. */
    public float[] logProbabilities(int[][] wanted, Reduction how) {
        float[] out = new float[row.length];
        if (mostAreAsked() && Arrays.stream(wanted).allMatch(each -> each.length == 1)) {
            ofAllMade(wanted, out);
            return out;
        }
        inParts((some, from, to) -> {
            ColumnGroups groups = new ColumnGroups(Arrays.copyOfRange(wanted, from, to));
            float[] chosen = groups.ofLogs(some.logSoftmax(-1), how).toFloatArray();
            System.arraycopy(chosen, 0, out, from, chosen.length);
        });
        return out;
    }

    /** Whether copying those that are asked out of what was made takes longer than what is saved by leaving out the others. */
    private boolean mostAreAsked() {
        boolean ascending = at != null && IntStream.range(1, at.length).allMatch(i -> at[i - 1] <= at[i]);
        return ids == null && ascending && 2L * row.length >= made.getShape().get(0);
    }

    /** Log-probabilities of one id each. Every row's are made by itself, so that the bits are those of the asked rows alone. */
    private void ofAllMade(int[][] wanted, float[] out) {
        long[] asked = Objects.requireNonNull(at);
        int width = (int) made.getShape().get(1);
        long rows = made.getShape().get(0);
        int chunk = Math.max(1, LOGITS / width);
        int i = 0;
        for (long from = 0; from < rows && i < asked.length; from += chunk) {
            long to = Math.min(rows, from + chunk);
            try (NDManager own = made.getManager().newSubManager()) {
                FloatBuffer logs = FloatsInPlace.of(
                        made.get(own, new NDIndex().addSliceDim(from, to)).logSoftmax(-1));
                for (; i < asked.length && asked[i] < to; i++) {
                    out[i] = logs.get((int) (asked[i] - from) * width + wanted[i][0]);
                }
            }
        }
    }

    /** Their sum over all [asked], which can be differentiated. */
    public NDArray totalLogProbability(Reduction how) {
        return totalLogProbability(answers, how);
    }

    /** The same of other ids. */
    public NDArray totalLogProbability(int[][] wanted, Reduction how) {
        return new ColumnGroups(wanted).ofLogs(logits().logSoftmax(-1), how).sum();
    }

    /** The sum of {@link #probabilities} over all [asked], which can be differentiated. */
    public NDArray totalProbability(int[][] wanted, Reduction how) {
        return new ColumnGroups(wanted).of(logits().softmax(-1), how).sum();
    }

    /** Probabilities of several ids each, as one number [asked]. */
    public float[] probabilities(int[][] wanted, Reduction how) {
        float[] out = new float[row.length];
        inParts((some, from, to) -> {
            ColumnGroups groups = new ColumnGroups(Arrays.copyOfRange(wanted, from, to));
            float[] chosen = groups.of(some.softmax(-1), how).toFloatArray();
            System.arraycopy(chosen, 0, out, from, chosen.length);
        });
        return out;
    }

    /** Numbers of each [asked] as sums and counts of the rows that they are of. */
    public RowValues perRow(float[] values, int rows) {
        RowValues out = RowValues.zeros(rows);
        for (int i = 0; i < values.length; i++) {
            out.numerator()[row[i]] += values[i];
            out.denominator()[row[i]]++;
        }
        return out;
    }

    /**
     * The same apart for each value of a label at the position that predicts: sums and counts [row, value]. Positions without a
     * value are in none of them.
     */
    public RowValues perRow(float[] values, int rows, Label label) {
        int width = label.names().size();
        RowValues out = RowValues.zeros(rows * width);
        for (int i = 0; i < values.length; i++) {
            int value = label.values()[row[i]][pos[i]];
            if (value >= 0) {
                out.numerator()[row[i] * width + value] += values[i];
                out.denominator()[row[i] * width + value]++;
            }
        }
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

    /** Whole rows are copied in half of the time that an index of single numbers takes. */
    private NDArray rows(NDArray which) {
        return made.getNDArrayInternal()
                .embedding(which, made, SparseFormat.DENSE)
                .singletonOrThrow();
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
                        : rows(own.create(Arrays.copyOfRange(at, from, to)));
                part.of(some, from, to);
            }
        }
    }
}
