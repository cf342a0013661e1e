package dev.loupe.dataset.repeats;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.TokenPool;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.annotation.OnlyWith;
import dev.loupe.schema.shape.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Random tokens that repeat (problems 6.18 to 6.20, section 0.2): {@code [bos] [filler] r1..rP r1..rP ... [rest]}.
 *
 * <p>Classes, by what a position is to predict: {@code first-half} the tokens of the first copy;
 * {@code first-of-repeat} the first token of the second copy, which nothing foretells; {@code second-half} every later
 * token of the repetition, all of which an induction head can know; {@code filler} the rest.
 */
@Named("repeated-tokens")
@Doc("Random tokens that repeat with a period drawn for each row; used to find induction heads.")
@Example("{generator: repeated-tokens, period: 5..12, length: 24, offset: random, rows: 256, seed: 1}")
@Mark(
        is = Mark.Kind.POSITION,
        name = "END",
        doc = "Predicts the last token of the repetition; where tokens are `distinct` and the period is 2 or more.")
@Mark(is = Mark.Kind.CLASS, name = "first-half", doc = "Predict the tokens of the first copy.")
@Mark(
        is = Mark.Kind.CLASS,
        name = "first-of-repeat",
        doc = "Predicts the first token of the second copy, which nothing predicts.")
@Mark(
        is = Mark.Kind.CLASS,
        name = "second-half",
        doc = "Predict later tokens of the repetition, which the first copy shows.")
@Mark(is = Mark.Kind.CLASS, name = "filler", doc = "The others.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The last token of the repetition.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The token that follows it in the copy.")
public record RepeatedTokens(
        @Doc("Tokens per copy, drawn uniformly for each row. A fixed period can be learned from positions alone.")
        @Default("5..12")
        IntRange period,

        @Doc("Number of copies; with `length`, the minimum number of copies.") @Default("2")
        int repeats,

        @Doc("Length of every row, reached as `tail` says. Without it, rows differ in length with their period.")
        @Nullable
        Integer length,

        @OnlyWith("length") @Doc("The tokens after the last full copy, up to `length`.") @Default("repeat")
        Tail tail,

        @Doc("`random` puts filler tokens before the first copy, so that positions carry no information. Their "
                + "number is uniform for each row: from 0 to the space that `length` leaves; without `length`, from "
                + "0 to the longest period minus 1.")
        @Default("none")
        Offset offset,

        @Doc("Token id at the start of each row, never drawn as a random token. Default: no such token.") @Nullable
        Integer bos,

        @Doc("Whether the tokens of a copy differ from each other and from the filler, so that each has only one "
                + "possible successor.")
        @Default("true")
        boolean distinct,

        @Doc("The token ids to draw from. Default: the whole vocabulary except special tokens.") @Nullable
        IntRange ids,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements RepeatDataset, TokenGenerator {

    /** Where a row's first copy begins. */
    public enum Offset {
        @Doc("The first copy begins the row (after `bos`).")
        NONE,
        @Doc("The row begins with a random number of filler tokens.")
        RANDOM
    }

    /** What fills a row up to its length. */
    public enum Tail {
        @Doc("The repetition continues; the last copy is truncated.")
        REPEAT,
        @Doc("Filler tokens.")
        FILLER
    }

    public RepeatedTokens {
        if (period.low() < 1) {
            throw new IllegalArgumentException("`period` must be at least 1, not " + period);
        }
        if (repeats < 2) {
            throw new IllegalArgumentException("`repeats` must be at least 2, not " + repeats);
        }
        RowOptions.check(rows);
        long shortest = (long) period.high() * repeats + (bos == null ? 0 : 1);
        if (shortest > RowOptions.LONGEST || (length != null && length > RowOptions.LONGEST)) {
            throw new IllegalArgumentException("rows of more than " + RowOptions.LONGEST + " tokens");
        }
        if (length != null && length < shortest) {
            throw new IllegalArgumentException(
                    "`length: " + length + "` is too short for " + repeats + " copies of " + period.high() + " tokens"
                            + (bos == null ? "" : " and `bos`") + ": it must be at least " + shortest);
        }
    }

    @Override
    public void check(Draw draw) {
        TokenPool pool = new TokenPool(draw, ids, bos);
        if (distinct) {
            boolean filler = offset == Offset.RANDOM || tail == Tail.FILLER;
            pool.require(
                    period.high() + (filler ? 1 : 0),
                    "period",
                    "a period of " + period.high() + " different tokens" + (filler ? " and a filler" : ""));
        } else {
            pool.require(1, "ids", "a row");
        }
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        TokenPool pool = new TokenPool(draw, ids, bos);
        int each = random.between(period.low(), period.high());
        int head = bos == null ? 0 : 1;
        int room = length == null ? period.high() - 1 : length - head - each * repeats;
        int start = head + (offset == Offset.RANDOM ? random.between(0, room) : 0);
        int copies = start + each * repeats;
        int total = length == null ? copies : length;
        int end = tail == Tail.REPEAT ? total : copies;

        int[] copy = distinct ? pool.distinct(random, each) : new int[each];
        if (!distinct) {
            for (int i = 0; i < each; i++) {
                copy[i] = pool.any(random);
            }
        }
        int[] tokens = new int[total];
        if (bos != null) {
            tokens[0] = bos;
        }
        for (int i = head; i < total; i++) {
            boolean repeated = i >= start && i < end;
            tokens[i] = repeated ? copy[(i - start) % each] : pool.fresh(random, copy, distinct ? each : 0);
        }

        DrawnRow row = new DrawnRow(tokens, "first-half", "first-of-repeat", "second-half", "filler");
        for (int next = 1; next < total; next++) {
            row.mark(className(next - start, each, next < end), next - 1);
        }
        if (distinct && period.low() > 1) {
            int last = end - 1;
            row.position("END", last - 1)
                    .column("answer", tokens[last])
                    .column("wrong", copy[(last - start + 1) % each]);
        }
        return row;
    }

    private static String className(int intoRepetition, int period, boolean beforeEnd) {
        if (intoRepetition < 0 || !beforeEnd) {
            return "filler";
        }
        if (intoRepetition < period) {
            return "first-half";
        }
        return intoRepetition == period ? "first-of-repeat" : "second-half";
    }
}
