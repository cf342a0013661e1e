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
 * Linear recurrences modulo a number: x(t+1) = c1 x(t) + c2 x(t-1) + ..., the first numbers drawn at random. With
 * coefficients 1, 1 these are Fibonacci's. Number v has token id v.
 *
 * <p>Targets stand from the position of the last number that is drawn. Held out are windows of as many numbers as there are
 * coefficients: pairs, for two. The same pair occurs inside many sequences, so a split of sequences would hold nothing out;
 * here a window's hash (not the seed) decides, and no window that is held out has a target in training, wherever it occurs.
 * With {@code split: test} nothing but held-out windows has a target.
 *
 * <p>Classes: {@code held-out} and {@code trained}, by the window that ends at a position; {@code first-transition}, the first
 * window of the row, before which there is nothing to copy from. Positions {@code CURRENT} (the end of the first window),
 * {@code PREVIOUS} (the number before it) and {@code END}, the last that predicts; columns {@code answer} and {@code wrong}.
 *
 * <p>A counterpart begins with another number at {@code PREVIOUS}, so that {@code CURRENT} predicts {@code wrong}.
 */
@Named("recurrences")
@Doc("Sequences in which each number is a sum of the numbers before it, modulo a number: Fibonacci's with "
        + "`coefficients: [1, 1]`.")
@Example("{generator: recurrences, coefficients: [1, 1], modulus: 31, length: 8, split: train, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "CURRENT", doc = "The end of the first window.")
@Mark(is = Mark.Kind.POSITION, name = "PREVIOUS", doc = "The number before it, which the counterpart replaces.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last position that predicts.")
@Mark(is = Mark.Kind.CLASS, name = "held-out", doc = "Ends of windows that no training has a target at.")
@Mark(is = Mark.Kind.CLASS, name = "trained", doc = "Ends of the other windows.")
@Mark(
        is = Mark.Kind.CLASS,
        name = "first-transition",
        doc = "The end of the first window, before which there is nothing to copy from.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The number after CURRENT.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The number of the counterpart there.")
public record Recurrences(
        @Doc("Coefficients; the first belongs to the latest number. At least two; the second must not be a "
                + "multiple of `modulus`.")
        List<Integer> coefficients,

        @Doc("Numbers are 0 to this number minus 1.") @Default("31")
        int modulus,

        @Doc("Numbers per row.") @Default("8") int length,

        @Doc("Which windows have targets.") @Default("all") HeldOut split,

        @Doc("The share of all windows that is held out for `split: test`.") @Default("0.2")
        double heldOut,

        @Doc("Every first window once, in order, instead of random ones.") @Default("false")
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
    private static final int MOST_ROWS = 1 << 20;

    public Recurrences {
        coefficients = List.copyOf(coefficients);
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        HeldOut.checkShare(heldOut);
        if (modulus < 2 || modulus > 1 << 20) {
            throw new IllegalArgumentException("`modulus` must be 2 to " + (1 << 20) + ", not " + modulus);
        }
        if (coefficients.size() < 2 || Math.floorMod(coefficients.get(1), modulus) == 0) {
            throw new IllegalArgumentException("`coefficients` needs two numbers or more, of which the second is not a "
                    + "multiple of `modulus`: the number before the latest one must count");
        }
        if (exhaustive && Math.pow(modulus, coefficients.size()) > MOST_ROWS) {
            throw new IllegalArgumentException("`exhaustive` asks for " + modulus + "^" + coefficients.size()
                    + " rows, more than " + MOST_ROWS + "; use a smaller `modulus`");
        }
        if (length <= coefficients.size()) {
            throw new IllegalArgumentException("`length` must be greater than the number of coefficients, which is "
                    + coefficients.size() + ", not " + length);
        }
    }

    @Override
    public TokenGenerator unseen() {
        return split == HeldOut.TRAIN
                ? new Recurrences(coefficients, modulus, length, HeldOut.TEST, heldOut, exhaustive, rows, seed)
                : this;
    }

    @Override
    public void check(Draw draw) {
        if (draw.vocabulary() < modulus) {
            throw new DatasetException(
                    "modulus",
                    "numbers below " + modulus + " need a vocabulary of " + modulus + ", but the model reads "
                            + draw.vocabulary() + " ids");
        }
    }

    @Override
    public TokenRows read(Sources sources) {
        return exhaustive ? pairs(sources).clean() : PairedGenerator.super.read(sources);
    }

    /** The counterpart of a row has the next number at {@code PREVIOUS}. */
    @Override
    public PairedRows pairs(Sources sources) {
        if (!exhaustive) {
            return PairedGenerator.super.pairs(sources);
        }
        check(new Draw(sources.vocabulary(), rows, 0, sources.specials()));
        int window = coefficients.size();
        List<Pair> all = new ArrayList<>();
        for (long number = 0; number < Math.round(Math.pow(modulus, window)); number++) {
            int[] start = new int[window];
            long rest = number;
            for (int i = window - 1; i >= 0; i--) {
                start[i] = (int) (rest % modulus);
                rest /= modulus;
            }
            int[] clean = sequence(start);
            if (asks(clean)) {
                int[] other = start.clone();
                do {
                    other[window - 2] = (other[window - 2] + 1) % modulus;
                } while (next(other) == clean[window]);
                all.add(pair(clean, sequence(other)));
            }
        }
        return PairedGenerator.join(all.toArray(Pair[]::new));
    }

    private Pair pair(int[] clean, int[] corrupted) {
        return new Pair(row(clean, clean, corrupted), row(corrupted, clean, corrupted));
    }

    @Override
    public Pair pair(Draw draw, RowRandom random) {
        if (exhaustive) {
            throw new DatasetException(
                    "exhaustive",
                    "`exhaustive` has no effect where rows are drawn for each training step; leave it out");
        }
        int window = coefficients.size();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] start = new int[window];
            for (int i = 0; i < window; i++) {
                start[i] = random.nextInt(modulus);
            }
            int[] clean = sequence(start);
            if (asks(clean)) {
                int[] other = start.clone();
                while (next(other) == clean[window]) {
                    other[window - 2] = random.nextInt(modulus);
                }
                return pair(clean, sequence(other));
            }
        }
        throw new DatasetException(
                "split",
                "no sequence has a window in `split: " + split + "` with these options: use a larger `modulus`");
    }

    /** The number after the last of a window. */
    private int next(int[] window) {
        long sum = 0;
        for (int i = 0; i < coefficients.size(); i++) {
            sum += (long) coefficients.get(i) * window[window.length - 1 - i];
        }
        return (int) Math.floorMod(sum, (long) modulus);
    }

    private int[] sequence(int[] start) {
        int[] sequence = Arrays.copyOf(start, length);
        for (int t = start.length; t < length; t++) {
            sequence[t] = next(Arrays.copyOfRange(sequence, t - start.length, t));
        }
        return sequence;
    }

    private int[] windowAt(int[] sequence, int end) {
        return Arrays.copyOfRange(sequence, end + 1 - coefficients.size(), end + 1);
    }

    private boolean asks(int[] sequence) {
        for (int t = coefficients.size() - 1; t < length - 1; t++) {
            if (split.admits(windowAt(sequence, t), heldOut)) {
                return true;
            }
        }
        return false;
    }

    /** A sequence of either half with what is asked of the clean one. */
    private DrawnRow row(int[] sequence, int[] clean, int[] corrupted) {
        int first = coefficients.size() - 1;
        DrawnRow row = new DrawnRow(sequence, "held-out", "trained", "first-transition");
        row.mark("first-transition", first);
        for (int t = first; t < length - 1; t++) {
            int[] window = windowAt(sequence, t);
            row.mark(HeldOut.TEST.admits(window, heldOut) ? "held-out" : "trained", t);
            row.target(t, split.admits(window, heldOut) ? sequence[t + 1] : -1);
        }
        return row.position("CURRENT", first)
                .position("PREVIOUS", first - 1)
                .position("END", length - 2)
                .column("answer", clean[first + 1])
                .column("wrong", corrupted[first + 1]);
    }
}
