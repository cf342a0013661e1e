package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedGenerator;
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
import dev.loupe.schema.annotation.OnlyWith;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The largest or smallest of a few numbers: {@code v1..vn END}, where END predicts it. Value v has token id v, END is the id
 * after the last value: the model needs {@link #vocabularySize()} ids.
 *
 * <p>Classes, all at END: {@code answer}; {@code tie} where the answer occurs twice, else {@code tie-free};
 * {@code first-wins} and {@code later-wins}, the tie-free rows whose answer is the first number or is not; {@code gap-0} to
 * {@code gap-3} and {@code gap-4-or-more}, by the distance from the answer to the next best number. Positions
 * {@code LARGEST}, {@code SMALLEST} (the first of several), {@code SOURCE} and {@code END}; columns {@code answer} and
 * {@code wrong}.
 *
 * <p>In a counterpart every number that equals the answer is replaced by the next best number, or by a neighbour of the
 * answer where all numbers are equal, so that the answer becomes {@code wrong}. {@code SOURCE} is the first of those places.
 *
 * <p>Held out: the numbers in ascending order are hashed (not with the seed), so that no order of a held-out set of numbers
 * is trained on.
 */
@Named("extremes")
@Doc("A few numbers and the largest or smallest of them: `4 9 END` asks for 9 or for 4.")
@Example("{generator: extremes, take: max, values: 32, count: 2, rows: 64, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "LARGEST", doc = "The largest number, the first of several.")
@Mark(is = Mark.Kind.POSITION, name = "SMALLEST", doc = "The smallest number, the first of several.")
@Mark(is = Mark.Kind.POSITION, name = "SOURCE", doc = "The number that the counterpart replaces, the first of several.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.CLASS, name = "tie", doc = "END of rows in which the answer occurs twice.")
@Mark(is = Mark.Kind.CLASS, name = "tie-free", doc = "END of the other rows.")
@Mark(is = Mark.Kind.CLASS, name = "first-wins", doc = "END of rows without a tie whose answer is the first number.")
@Mark(is = Mark.Kind.CLASS, name = "later-wins", doc = "END of rows without a tie whose answer is not.")
@Mark(is = Mark.Kind.CLASS, name = "gap-*N*", doc = "END of rows in which the next best number is N away (0 to 3).")
@Mark(is = Mark.Kind.CLASS, name = "gap-4-or-more", doc = "END of rows in which it is farther away.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The largest or smallest number.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The answer of the counterpart.")
public record Extremes(
        @Doc("Which number is asked for.") @Default("max") Take take,

        @Doc("Number of values: 0 to this number minus 1.") @Default("32")
        int values,

        @Doc("Numbers per row.") @Default("2") int count,

        @Doc("Which sets of numbers are drawn.") @Default("all")
        HeldOut split,

        @Doc("The share of all sets of numbers that is held out for `split: test`.") @Default("0.1")
        double heldOut,

        @Doc("Every input once, in order, instead of random ones: what holds on these rows holds always.")
        @Default("false")
        boolean exhaustive,

        @OnlyWith(
                value = "exhaustive",
                words = {"false"})
        @Doc("Number of rows.")
        @Default("256")
        int rows,

        @OnlyWith(
                value = "exhaustive",
                words = {"false"})
        @NeededInline
        @Doc("Seed of the rows. Training uses its own seeds.")
        @Nullable
        Long seed)
        implements TaskDataset, PairedGenerator {

    private static final int ATTEMPTS = 1_000_000;
    private static final int MOST_INPUTS = 1 << 20;
    private static final int NAMED_GAPS = 4;

    /** Which number is asked for. */
    public enum Take {
        @Doc("The largest.")
        MAX(1),
        @Doc("The smallest.")
        MIN(-1);

        private final int sign;

        Take(int sign) {
            this.sign = sign;
        }

        boolean better(int value, int than) {
            return sign * value > sign * than;
        }
    }

    public Extremes {
        RowOptions.check(rows);
        HeldOut.checkShare(heldOut);
        if (values < 2 || count < 2 || count > RowOptions.LONGEST || values > 1 << 20) {
            throw new IllegalArgumentException("`values` and `count` must be at least 2");
        }
        if (exhaustive && Math.pow(values, count) > MOST_INPUTS) {
            throw new IllegalArgumentException("`exhaustive` asks for " + values + "^" + count + " rows, more than "
                    + MOST_INPUTS + "; use fewer `values` or a smaller `count`");
        }
    }

    /** How many ids the model must read: the values and END. */
    public int vocabularySize() {
        return values + 1;
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new Extremes(take, values, count, HeldOut.TEST, heldOut, exhaustive, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < vocabularySize()) {
            throw new DatasetException(
                    "values",
                    values + " values with END need a vocabulary of " + vocabularySize() + ", but the model reads "
                            + draw.vocabulary() + " ids");
        }
    }

    @Override
    public Pair pair(Draw draw, RowRandom random) {
        if (exhaustive) {
            throw new DatasetException(
                    "exhaustive",
                    "`exhaustive` has no effect where rows are drawn for each training step; leave it out");
        }
        int[] list = new int[count];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (int i = 0; i < count; i++) {
                list[i] = random.nextInt(values);
            }
            if (admits(list)) {
                return pair(list);
            }
        }
        throw new DatasetException(
                "split", "no set of numbers is in `split: " + split + "` with these options: use more `values`");
    }

    @Override
    public TokenRows read(Sources sources) {
        return exhaustive ? pairs(sources).clean() : PairedGenerator.super.read(sources);
    }

    @Override
    public PairedRows pairs(Sources sources) {
        if (!exhaustive) {
            return PairedGenerator.super.pairs(sources);
        }
        check(new Draw(sources.vocabulary(), rows, 0, sources.specials()));
        List<Pair> all = new ArrayList<>();
        int[] list = new int[count];
        do {
            if (admits(list)) {
                all.add(pair(list));
            }
        } while (next(list));
        if (all.isEmpty()) {
            throw new DatasetException("split", "no input is in `split: " + split + "`: use more `values`");
        }
        return PairedGenerator.join(all.toArray(Pair[]::new));
    }

    /** Counts up, the last number first; false after the last list. */
    private boolean next(int[] list) {
        for (int i = count - 1; i >= 0; i--) {
            if (++list[i] < values) {
                return true;
            }
            list[i] = 0;
        }
        return false;
    }

    private boolean admits(int[] list) {
        int[] set = list.clone();
        Arrays.sort(set);
        return split.admits(set, heldOut);
    }

    private Pair pair(int[] list) {
        int answer = best(list);
        int[] others = Arrays.stream(list).filter(v -> v != answer).toArray();
        int wrong = others.length > 0 ? best(others) : answer > 0 ? answer - 1 : answer + 1;
        int[] corrupted = Arrays.stream(list).map(v -> v == answer ? wrong : v).toArray();
        return new Pair(row(list, list, answer, wrong), row(corrupted, list, answer, wrong));
    }

    private int best(int[] list) {
        return Arrays.stream(list).reduce(list[0], (a, b) -> take.better(b, a) ? b : a);
    }

    /** A list of either half with what is asked of the clean one. */
    private DrawnRow row(int[] list, int[] clean, int answer, int wrong) {
        int[] tokens = Arrays.copyOf(list, count + 1);
        tokens[count] = values;
        DrawnRow row = new DrawnRow(
                tokens,
                "answer",
                "tie",
                "tie-free",
                "first-wins",
                "later-wins",
                "gap-0",
                "gap-1",
                "gap-2",
                "gap-3",
                "gap-4-or-more");
        boolean tie = Arrays.stream(clean).filter(v -> v == answer).count() > 1;
        int gap = tie ? 0 : Math.abs(answer - wrong);
        row.target(count, best(list))
                .mark("answer", count)
                .mark(tie ? "tie" : "tie-free", count)
                .mark(gap < NAMED_GAPS ? "gap-" + gap : "gap-4-or-more", count);
        if (!tie) {
            row.mark(clean[0] == answer ? "first-wins" : "later-wins", count);
        }
        return row.position("LARGEST", place(clean, Arrays.stream(clean).max().orElseThrow()))
                .position("SMALLEST", place(clean, Arrays.stream(clean).min().orElseThrow()))
                .position("SOURCE", place(clean, answer))
                .position("END", count)
                .column("answer", answer)
                .column("wrong", wrong);
    }

    private static int place(int[] list, int value) {
        int place = 0;
        while (list[place] != value) {
            place++;
        }
        return place;
    }
}
