package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedGenerator;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lists of different values, followed by the same values in another order. With {@code order: fixed} the order is the same in
 * every row, {@code x1..xn SEP y1..yn}, drawn from {@code world}; with {@code order: in-context} each row names its own,
 * {@code x1..xn SEP p1..pn OUT y1..yn}, where y_i is the p_i-th value of the list. Value v has token id v, then come the
 * pointers 1 to n where there are any, SEP, and OUT: the model needs {@link #vocabularySize()} ids.
 *
 * <p>Targets stand where an output is predicted: at SEP or OUT (y1) and at y1..y(n-1). Classes: {@code output} all of these,
 * {@code list} the values, {@code pointers} the pointers. Positions {@code QUERY} (where one output, drawn at random, is
 * predicted), {@code SOURCE} (its value in the list), {@code POINTER} (the pointer to it; SOURCE again where there are none)
 * and {@code END}, the last that predicts; columns {@code answer} and {@code wrong}.
 *
 * <p>Labels that point: {@code source-of-output}, from where an output is predicted to its value in the list; with pointers
 * also {@code source}, from each pointer to the value that it names, and {@code pointer}, from where an output is predicted
 * to its pointer.
 *
 * <p>In a counterpart one output changes, that at QUERY: with {@code corruption: value} the list has a new value at SOURCE;
 * with {@code corruption: pointer} the pointer at POINTER names another place of the list, where {@code wrong} stands.
 *
 * <p>Held out: the list and its order are hashed (not with the seed).
 */
@Named("permuted-lists")
@Doc("Lists followed by the same values in another order: one order for all rows, or one that each row names by "
        + "pointers.")
@Example("{generator: permuted-lists, order: in-context, values: 16, length: 6, split: test, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "QUERY", doc = "Predicts one output, drawn at random.")
@Mark(is = Mark.Kind.POSITION, name = "SOURCE", doc = "Its value in the list.")
@Mark(is = Mark.Kind.POSITION, name = "POINTER", doc = "The pointer to it; SOURCE where there are no pointers.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last position that predicts.")
@Mark(is = Mark.Kind.CLASS, name = "output", doc = "Predict an output.")
@Mark(is = Mark.Kind.CLASS, name = "list", doc = "Values of the list.")
@Mark(is = Mark.Kind.CLASS, name = "pointers", doc = "The pointers.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The output at QUERY.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The output of the counterpart there.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "source-of-output",
        doc = "From where an output is predicted to its value in the list.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "source",
        doc = "With `order: in-context`: from each pointer to the value that it names.")
@Mark(
        is = Mark.Kind.LABEL,
        name = "pointer",
        doc = "With `order: in-context`: from where an output is predicted to its pointer.")
public record PermutedLists(
        @Doc("Where the order comes from.") Order order,

        @Doc("Number of values: 0 to this number minus 1.") @Default("16")
        int values,

        @Doc("Values per list.") @Default("6") int length,

        @OnlyWith(
                value = "order",
                words = {"fixed"})
        @Doc("Seed of the order that all rows share.")
        @Default("0")
        long world,

        @Doc("What the corrupted counterpart changes.") @Default("value")
        Corruption corruption,

        @Doc("Which lists are drawn.") @Default("all") HeldOut split,

        @Doc("The share of all lists that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, PairedGenerator {

    private static final int ATTEMPTS = 1_000_000;

    /** Where the order comes from. */
    public enum Order {
        @Doc("The same order in every row.")
        FIXED,
        @Doc("Each row names its order by a pointer for each output.")
        IN_CONTEXT
    }

    /** What a counterpart changes. */
    public enum Corruption {
        @Doc("A value of the list becomes one that does not occur in it.")
        VALUE,
        @Doc("A pointer names another place of the list. For `order: in-context`.")
        POINTER
    }

    public PermutedLists {
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        HeldOut.checkShare(heldOut);
        if (length < 2 || length >= values || values > 1 << 20) {
            throw new IllegalArgumentException("lists of " + length + " different values that can change need "
                    + "`length` of at least 2 and `values` above `length`, not " + values);
        }
        if (order == Order.FIXED && corruption == Corruption.POINTER) {
            throw new IllegalArgumentException(
                    "`corruption: pointer` needs `order: in-context`: rows of a fixed order " + "have no pointers");
        }
    }

    /** How many ids the model must read. */
    public int vocabularySize() {
        return order == Order.FIXED ? values + 1 : values + length + 2;
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new PermutedLists(order, values, length, world, corruption, HeldOut.TEST, heldOut, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "values",
                    values + " values with " + (order == Order.FIXED ? "SEP" : length + " pointers, SEP and OUT")
                            + " need a vocabulary of " + vocabularySize() + ", but the model reads "
                            + draw.vocabulary() + " ids");
        }
    }

    @Override
    public Pair pair(Draw draw, RowRandom random) {
        int[] fixed = order == Order.FIXED ? new RowRandom(world, 0).permutation(length) : new int[0];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] drawn = random.permutation(values);
            int[] list = Arrays.copyOf(drawn, length);
            int[] from = order == Order.FIXED ? fixed : random.permutation(length);
            int[] both = Arrays.copyOf(list, 2 * length);
            System.arraycopy(from, 0, both, length, length);
            if (split.admits(both, heldOut)) {
                return pair(list, from, drawn[length], random);
            }
        }
        throw new DatasetException(
                "split", "no list is in `split: " + split + "` with these options: use more `values`");
    }

    /**
     * @param from the place in the list of each output
     * @param fresh a value that is not in the list
     */
    private Pair pair(int[] list, int[] from, int fresh, RowRandom random) {
        int output = random.nextInt(length);
        int moved = (from[output] + 1 + random.nextInt(length - 1)) % length;
        int[] otherList = list.clone();
        int[] otherFrom = from.clone();
        if (corruption == Corruption.VALUE) {
            otherList[from[output]] = fresh;
        } else {
            otherFrom[output] = moved;
        }
        int answer = list[from[output]];
        int wrong = otherList[otherFrom[output]];
        return new Pair(
                marked(row(list, from), from, output).column("answer", answer).column("wrong", wrong),
                marked(row(otherList, otherFrom), from, output)
                        .column("answer", answer)
                        .column("wrong", wrong));
    }

    /** Where the first output is predicted. */
    private int start() {
        return order == Order.FIXED ? length : 2 * length + 1;
    }

    private DrawnRow row(int[] list, int[] from) {
        int start = start();
        int[] tokens = Arrays.copyOf(list, start + 1 + length);
        int separator = vocabularySize() - (order == Order.FIXED ? 1 : 2);
        tokens[length] = separator;
        if (order == Order.IN_CONTEXT) {
            for (int i = 0; i < length; i++) {
                tokens[length + 1 + i] = values + from[i];
            }
            tokens[start] = separator + 1;
        }
        int[] sourceOfOutput = new int[tokens.length];
        Arrays.fill(sourceOfOutput, Label.NONE);
        int[] source = sourceOfOutput.clone();
        int[] pointer = sourceOfOutput.clone();
        DrawnRow row = new DrawnRow(tokens, "output", "list", "pointers");
        for (int i = 0; i < length; i++) {
            int output = list[from[i]];
            tokens[start + 1 + i] = output;
            row.target(start + i, output).mark("output", start + i).mark("list", i);
            sourceOfOutput[start + i] = from[i];
            if (order == Order.IN_CONTEXT) {
                row.mark("pointers", length + 1 + i);
                source[length + 1 + i] = from[i];
                pointer[start + i] = length + 1 + i;
            }
        }
        row.label("source-of-output", Label.pointer(new int[][] {sourceOfOutput}));
        return order == Order.FIXED
                ? row
                : row.label("source", Label.pointer(new int[][] {source}))
                        .label("pointer", Label.pointer(new int[][] {pointer}));
    }

    private DrawnRow marked(DrawnRow row, int[] from, int output) {
        int source = from[output];
        return row.position("QUERY", start() + output)
                .position("SOURCE", source)
                .position("POINTER", order == Order.FIXED ? source : length + 1 + output)
                .position("END", start() + length - 1);
    }
}
