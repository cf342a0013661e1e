package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
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
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.shape.IntRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists with their sorted form (problems 3.1 and 3.2): {@code [START] v1..vn [MID] s1..sn}. Value v has token id v; the
 * next ids are MID, START and the token that {@code end} asks for, those of them that are used. The model needs
 * {@link #vocabularySize()} ids. Where {@code length} is a range each row draws its own, uniformly.
 *
 * <p>Targets stand only where an output is predicted: at MID, or vn without it (s1), and at s1..s(n-1), and with {@code end} at sn, which
 * predicts that end. Classes: {@code output} all of these but the end, {@code first-output} and {@code later-outputs} the
 * first and the rest; {@code end} where the end is predicted; {@code output-with-duplicates} and {@code output-without-duplicates} the
 * outputs of rows in which a value does or does not occur twice; {@code length-n} the outputs of rows of n values, where
 * lengths differ. Positions {@code MID}, where the first output is predicted, and {@code END}, the
 * last that predicts. Column {@code duplicates}: 1 for a row with
 * duplicates, else 0.
 *
 * <p>Held out: the list v1..vn in its order is hashed (not with the seed), so that a list belongs to the test lists or
 * to the training lists in every draw of every seed.
 *
 * <p>In a counterpart one element has another value that leaves the order of the others as it is, so that just one output
 * must change: one that is not in the list, or where every value is, a neighbour of its own. Positions {@code SOURCE} (that element in the list) and {@code QUERY} (where the output is predicted);
 * columns {@code answer} and {@code wrong} (the element's value and the other).
 */
@Named("sorted-lists")
@Doc("Lists followed by their sorted form: `START 4 6 2 9 MID 2 4 6 9`. Only the sorted part has targets.")
@Example("{generator: sorted-lists, values: 20, length: 5, duplicates: never, split: train, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "MID", doc = "Predicts the first output.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last position that predicts.")
@Mark(is = Mark.Kind.POSITION, name = "SOURCE", doc = "With a counterpart: the element that it replaces.")
@Mark(is = Mark.Kind.POSITION, name = "QUERY", doc = "With a counterpart: predicts the output that changes.")
@Mark(is = Mark.Kind.CLASS, name = "output", doc = "Predict an output.")
@Mark(is = Mark.Kind.CLASS, name = "first-output", doc = "Predicts the first.")
@Mark(is = Mark.Kind.CLASS, name = "later-outputs", doc = "Predict the others.")
@Mark(is = Mark.Kind.CLASS, name = "end", doc = "Predicts the end, where `end` asks for one.")
@Mark(is = Mark.Kind.CLASS, name = "output-with-duplicates", doc = "Outputs of rows in which a value occurs twice.")
@Mark(is = Mark.Kind.CLASS, name = "output-without-duplicates", doc = "Outputs of the other rows.")
@Mark(is = Mark.Kind.CLASS, name = "length-*N*", doc = "Outputs of rows of N values, where lengths differ.")
@Mark(is = Mark.Kind.COLUMN, name = "duplicates", doc = "1 for a row with duplicates, else 0.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "With a counterpart: the value at SOURCE.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "With a counterpart: its value there.")
public record SortedLists(
        @Doc("Number of values: 0 to this number minus 1.") @Default("20")
        int values,

        @Doc("Values per list. With a range such as `2..10` each list has its own length, drawn uniformly.")
        @Default("5")
        IntRange length,

        @Doc("Whether a list may contain a value twice.") @Default("allowed")
        Duplicates duplicates,

        @Doc("Whether a START token comes first. Its id is the next one after MID.") @Default("true")
        boolean start,

        @Doc("Whether a MID token (id `values`) separates the list from its sorted form.") @Default("true")
        boolean mid,

        @Doc("Whether the last output is a token of the row. Without `end` nothing is asked there.") @Default("true")
        boolean last,

        @Doc("Whether the last value is asked for the end of the list, a token of its own.") @Default("false")
        boolean end,

        @Doc("Which lists are drawn.") @Default("all") HeldOut split,

        @Doc("The share of all lists that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, TokenGenerator, PairedDataset {

    private static final int ATTEMPTS = 1_000_000;
    private static final int MOST_LENGTHS = 128;

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
        RowOptions.checkLength(length.high());
        if (length.low() < 2 || values < 2) {
            throw new IllegalArgumentException("sorting needs `length` and `values` of at least 2");
        }
        if (duplicates == Duplicates.NEVER && length.high() > values) {
            throw new IllegalArgumentException("a list of " + length.high() + " different values needs `values: "
                    + length.high() + "` or more, not " + values);
        }
        if (length.size() > MOST_LENGTHS) {
            throw new IllegalArgumentException(
                    "`length` may cover " + MOST_LENGTHS + " lengths, each a class of its own, not " + length.size());
        }
        HeldOut.checkShare(heldOut);
        if (end && !last) {
            throw new IllegalArgumentException("`end` is asked at the last output, which `last: false` leaves out");
        }
    }

    /** How many ids the model must read: the values, and MID, START and the end where they are used. */
    public int vocabularySize() {
        return values + (mid ? 1 : 0) + (start ? 1 : 0) + (end ? 1 : 0);
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new SortedLists(values, length, duplicates, start, mid, last, end, HeldOut.TEST, heldOut, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "values",
                    values + " values and the tokens around them need a vocabulary of " + vocabularySize()
                            + ", but the model reads " + draw.vocabulary() + " ids");
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
            ElementSwap swap = ElementSwap.draw(list, values, random);
            clean[row] = marked(list, list, swap);
            corrupted[row] = marked(swap.in(list), list, swap);
        }
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }

    /** A list of either half with what is asked of the clean one. */
    private DrawnRow marked(int[] list, int[] clean, ElementSwap swap) {
        return row(list, repeats(clean))
                .position("SOURCE", (start ? 1 : 0) + swap.place())
                .position("QUERY", firstQuery(list.length) + swap.rank())
                .column("answer", clean[swap.place()])
                .column("wrong", swap.value());
    }

    private int[] drawn(RowRandom random) {
        // A fixed length draws no number, so that rows are the same as before lengths could differ.
        int n = length.size() == 1 ? length.low() : random.between(length.low(), length.high());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] list = list(random, n);
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

    private int[] list(RowRandom random, int n) {
        if (duplicates == Duplicates.NEVER) {
            return Arrays.copyOf(random.permutation(values), n);
        }
        int[] list = new int[n];
        for (int i = 0; i < n; i++) {
            list[i] = random.nextInt(values);
        }
        return list;
    }

    private static boolean repeats(int[] list) {
        return Arrays.stream(list).distinct().count() < list.length;
    }

    /** Where the first output of a list of n values is predicted: MID, or its last value. */
    private int firstQuery(int n) {
        return n - 1 + (start ? 1 : 0) + (mid ? 1 : 0);
    }

    private DrawnRow row(int[] list, boolean repeats) {
        int n = list.length;
        int query = firstQuery(n);
        int[] tokens = new int[query + n + (last ? 1 : 0)];
        int[] sorted = list.clone();
        Arrays.sort(sorted);
        if (start) {
            tokens[0] = values + (mid ? 1 : 0);
        }
        System.arraycopy(list, 0, tokens, start ? 1 : 0, n);
        if (mid) {
            tokens[query] = values;
        }
        System.arraycopy(sorted, 0, tokens, query + 1, last ? n : n - 1);

        DrawnRow row = new DrawnRow(tokens, classes());
        for (int i = 0; i < n; i++) {
            row.target(query + i, sorted[i])
                    .mark("output", query + i)
                    .mark(i == 0 ? "first-output" : "later-outputs", query + i)
                    .mark(repeats ? "output-with-duplicates" : "output-without-duplicates", query + i);
            if (length.size() > 1) {
                row.mark("length-" + n, query + i);
            }
        }
        if (end) {
            row.target(query + n, vocabularySize() - 1).mark("end", query + n);
        }
        return row.position("MID", query)
                .position("END", end ? query + n : query + n - 1)
                .column("duplicates", repeats ? 1 : 0);
    }

    private String[] classes() {
        List<String> names = new ArrayList<>(List.of(
                "output", "first-output", "later-outputs", "output-with-duplicates", "output-without-duplicates"));
        if (end) {
            names.add("end");
        }
        for (int n = length.low(); length.size() > 1 && n <= length.high(); n++) {
            names.add("length-" + n);
        }
        return names.toArray(String[]::new);
    }
}
