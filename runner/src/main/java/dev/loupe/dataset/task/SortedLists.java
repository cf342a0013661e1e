package dev.loupe.dataset.task;

import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
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
 *
 * <p>In a counterpart one element has another value that leaves the order of the others as it is, so that just one output
 * must change. Positions {@code SOURCE} (that element in the list) and {@code QUERY} (where the output is predicted);
 * columns {@code answer} and {@code wrong} (the element's value and the other).
 */
@Named("sorted-lists")
@Doc("Lists of fixed length followed by their sorted form: `START 4 6 2 9 MID 2 4 6 9`. Only the sorted part has "
        + "targets.")
@Example("{generator: sorted-lists, values: 20, length: 5, duplicates: never, split: train, rows: 256, seed: 1}")
public record SortedLists(
        @Doc("Number of values: 0 to this number minus 1.") @Default("20")
        int values,

        @Doc("Values per list.") @Default("5") int length,

        @Doc("Whether a list may contain a value twice.") @Default("allowed")
        Duplicates duplicates,

        @Doc("Whether a START token (id `values` + 1) comes first.") @Default("true")
        boolean start,

        @Doc("Which lists are drawn.") @Default("all") HeldOut split,

        @Doc("The share of all lists that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("Number of rows.") @Default("256") int rows,

        @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, TokenGenerator, PairedDataset {

    private static final int ATTEMPTS = 1_000_000;

    /** Whether values recur. */
    public enum Duplicates {
        @Doc("Values are drawn independently.")
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
            throw new IllegalArgumentException("sorting needs `length` and `values` of at least 2");
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
        int[] list = drawn(random);
        return row(list, repeats(list));
    }

    @Override
    public TokenRows read(Sources sources) {
        return pairs(sources).clean();
    }

    @Override
    public PairedRows pairs(Sources sources) {
        Long seed = seed();
        if (seed == null) {
            throw new DatasetException("seed", "`seed` is missing: random rows need one, such as `seed: 1`");
        }
        check(new Draw(sources.vocabulary(), rows, seed, sources.specials()));
        DrawnRow[] clean = new DrawnRow[rows];
        DrawnRow[] corrupted = new DrawnRow[rows];
        for (int row = 0; row < rows; row++) {
            RowRandom random = new RowRandom(seed, row);
            int[] list = drawn(random);
            Swap swap = Swap.draw(list, values, random);
            clean[row] = marked(list, list, swap);
            corrupted[row] = marked(swap.in(list), list, swap);
        }
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }

    /** A list of either half with what is asked of the clean one. */
    private DrawnRow marked(int[] list, int[] clean, Swap swap) {
        int mid = length + (start ? 1 : 0);
        return row(list, repeats(clean))
                .position("SOURCE", mid - length + swap.place())
                .position("QUERY", mid + swap.rank())
                .column("answer", clean[swap.place()])
                .column("wrong", swap.value());
    }

    /**
     * Another value for one element that leaves the order of all others as it is.
     *
     * @param place of the element in the list
     * @param rank of the element in the sorted list
     * @param value that takes its place
     */
    private record Swap(int place, int rank, int value) {
        static Swap draw(int[] list, int values, RowRandom random) {
            int[] sorted = list.clone();
            Arrays.sort(sorted);
            int[] free = Arrays.stream(random.permutation(values))
                    .filter(v -> Arrays.binarySearch(sorted, v) < 0)
                    .toArray();
            if (free.length == 0) {
                throw new DatasetException(
                        "values", "a list that contains every value has no counterpart: `values` must exceed `length`");
            }
            // The first output has no current value to go on from, so another one is changed where there is a choice.
            int value =
                    Arrays.stream(free).filter(v -> v > sorted[0]).findFirst().orElse(free[0]);
            int below = (int) Arrays.stream(sorted).filter(v -> v < value).count();
            int rank = Math.min(below, sorted.length - 1);
            int place = 0;
            while (list[place] != sorted[rank]) {
                place++;
            }
            return new Swap(place, rank, value);
        }

        int[] in(int[] list) {
            int[] changed = list.clone();
            changed[place] = value;
            return changed;
        }
    }

    private int[] drawn(RowRandom random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] list = list(random);
            boolean wanted = duplicates != Duplicates.ALWAYS || repeats(list);
            if (wanted && split.admits(list, heldOut)) {
                return list;
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
