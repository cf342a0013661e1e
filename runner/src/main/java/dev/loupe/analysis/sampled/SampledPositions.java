package dev.loupe.analysis.sampled;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Positions drawn at random, as many in each row. A row's draw depends on the seed and the row's number alone. */
@Doc("A random sample of positions, the same for every layer and for models that read the same rows.")
public record SampledPositions(
        @Default("20000") @Doc("Maximum number of positions in all; each row gives an equal part of them.")
        int count,

        @Key("per-row") @Default("64") @Doc("Maximum number of positions of one row.")
        int perRow,

        @Key("min-position") @Default("1") @Doc("First position that may be drawn; 1 leaves out the first token.")
        int minPosition,

        @Default("everywhere") @Doc("Only positions of this class of the dataset.")
        String at,

        @Doc("Seed of the draw.") long seed) {
    private static final long MOST_BYTES = 1_500_000_000;

    public SampledPositions {
        if (count < 40 || perRow < 1 || minPosition < 0) {
            throw new IllegalArgumentException(
                    "a sample needs at least 40 positions, at least 1 of a row and a first position of at least 0");
        }
    }

    /** Every position of rows that are so long at most. */
    static SampledPositions all(int rows, int longest) {
        return new SampledPositions(Math.max(40, Math.multiplyExact(rows, longest)), longest, 0, "everywhere", 0);
    }

    /**
     * The positions of one row, ascending.
     *
     * @param row its place among these rows
     * @param number its number in the whole dataset
     * @param all how many rows the dataset has
     */
    public int[] of(TokenRows rows, int row, int number, int all) {
        int wanted = Math.min(perRow, (count + all - 1) / all);
        int[] open = new int[rows.tokens()[row].length];
        int n = 0;
        TokenRows.Place place = rows.place(at);
        for (int pos = minPosition; pos < open.length; pos++) {
            if (place.has(row, pos)) {
                open[n++] = pos;
            }
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        int kept = Math.min(wanted, n);
        for (int i = 0; i < kept; i++) {
            int j = i + random.nextInt(n - i);
            int swap = open[i];
            open[i] = open[j];
            open[j] = swap;
        }
        int[] chosen = Arrays.copyOf(open, kept);
        Arrays.sort(chosen);
        return chosen;
    }

    /** At most so many positions of a dataset. */
    public long most(int rows) {
        return (long) rows * Math.min(perRow, (count + rows - 1) / Math.max(1, rows));
    }

    /** The same, knowing how long its rows are: no row gives more than it has from the first position on. */
    public long most(RowsRef rows) {
        long wanted = most(rows.rows()) / Math.max(1, rows.rows());
        return rows.buckets().stream()
                .mapToLong(bucket -> bucket.rows() * Math.min(wanted, Math.max(0, bucket.length() - minPosition)))
                .sum();
    }

    /** @throws IllegalArgumentException where {@code quantities} floats at each position would not fit beside everything else */
    public void requireRoom(int rows, long quantities) {
        long bytes = 4 * most(rows) * quantities;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("the sample would take " + bytes / 1_000_000 + " MB, and at most "
                    + MOST_BYTES / 1_000_000 + " are kept: lower `count` or name fewer `layers`");
        }
    }
}
