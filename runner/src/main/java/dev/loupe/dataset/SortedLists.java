package dev.loupe.dataset;

import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Named;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lists of fixed length with their sorted form (problem 3.1): {@code [START] v1..vn MID s1..sn}. Value v has token id
 * v; MID is the id after the last value, START the one after that. The model needs {@link #vocabularySize()} ids.
 *
 * <p>Targets stand only where an output is predicted: at MID (s1) and at s1..s(n-1). Classes: {@code output} all of
 * these, {@code first-output} MID, {@code later-outputs} the rest; {@code output-with-duplicates} and
 * {@code output-without-duplicates} the outputs of rows in which a value does or does not occur twice. Positions
 * {@code MID} and {@code END}, the last that predicts. Column {@code duplicates}: 1 for a row with duplicates, else 0.
 *
 * <p>Held out: the list v1..vn in its order is hashed (not with the seed), so that a list belongs to the test lists or
 * to the training lists in every draw of every seed.
 */
@Named("sorted-lists")
@Doc("Lists of fixed length and their sorted form: `START 4 6 2 9 MID 2 4 6 9`, with targets at the outputs alone.")
@Example("{generator: sorted-lists, values: 20, length: 5, duplicates: never, split: train, rows: 256, seed: 1}")
public record SortedLists(
        @Doc("How many values: 0 up to this less 1.") @Default("20")
        int values,

        @Doc("Values per list.") @Default("5") int length,

        @Doc("Whether a list may hold a value twice.") @Default("allowed")
        Duplicates duplicates,

        @Doc("Whether a START token (id `values` + 1) comes first.") @Default("true")
        boolean start,

        @Doc("Which lists are drawn.") @Default("all") HeldOut split,

        @Doc("The share of all lists that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("How many rows.") @Default("256") int rows,

        @Doc("Seed of the rows. A trainer brings its own.") @Nullable
        Long seed)
        implements Dataset, TokenGenerator {

    private static final int ATTEMPTS = 1_000_000;

    /** Whether values recur. */
    public enum Duplicates {
        @Doc("Every value is drawn for itself.")
        ALLOWED,
        @Doc("All values of a list differ.")
        NEVER,
        @Doc("At least one value of a list occurs twice.")
        ALWAYS
    }

    public SortedLists {
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        if (length < 2 || values < 2) {
            throw new IllegalArgumentException("sorting needs at least 2 values in a list, and 2 to choose from");
        }
        if (duplicates == Duplicates.NEVER && length > values) {
            throw new IllegalArgumentException(
                    "a list of " + length + " different values needs `values: " + length + "` or more, not " + values);
        }
        HeldOut.checkShare(heldOut);
    }

    /** How many ids the model must read: the values, MID, and START where it is used. */
    public int vocabularySize() {
        return values + (start ? 2 : 1);
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new SortedLists(values, length, duplicates, start, HeldOut.TEST, heldOut, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "values",
                    values + " values with MID" + (start ? " and START" : "") + " need a vocabulary of "
                            + vocabularySize() + ", but the model reads " + draw.vocabulary() + " ids");
        }
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] list = list(random);
            boolean repeats = repeats(list);
            boolean wanted = duplicates != Duplicates.ALWAYS || repeats;
            if (wanted && split.admits(list, heldOut)) {
                return row(list, repeats);
            }
        }
        throw new DatasetException(
                "split",
                "no list with these options was found in " + ATTEMPTS
                        + " attempts: `held-out`, `values` and `length` leave too few");
    }

    private int[] list(RowRandom random) {
        if (duplicates == Duplicates.NEVER) {
            return Arrays.copyOf(random.permutation(values), length);
        }
        int[] list = new int[length];
        for (int i = 0; i < length; i++) {
            list[i] = random.nextInt(values);
        }
        return list;
    }

    private static boolean repeats(int[] list) {
        return Arrays.stream(list).distinct().count() < list.length;
    }

    private DrawnRow row(int[] list, boolean repeats) {
        int mid = length + (start ? 1 : 0);
        int[] tokens = new int[mid + 1 + length];
        int[] sorted = list.clone();
        Arrays.sort(sorted);
        if (start) {
            tokens[0] = values + 1;
        }
        System.arraycopy(list, 0, tokens, mid - length, length);
        tokens[mid] = values;
        System.arraycopy(sorted, 0, tokens, mid + 1, length);

        DrawnRow row = new DrawnRow(
                tokens,
                "output",
                "first-output",
                "later-outputs",
                "output-with-duplicates",
                "output-without-duplicates");
        for (int i = 0; i < length; i++) {
            row.target(mid + i, sorted[i])
                    .mark("output", mid + i)
                    .mark(i == 0 ? "first-output" : "later-outputs", mid + i)
                    .mark(repeats ? "output-with-duplicates" : "output-without-duplicates", mid + i);
        }
        return row.position("MID", mid).position("END", mid + length - 1).column("duplicates", repeats ? 1 : 0);
    }
}
