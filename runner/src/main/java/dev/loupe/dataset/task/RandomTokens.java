package dev.loupe.dataset.task;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedGenerator;
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
import dev.loupe.schema.shape.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Independent, uniformly drawn tokens. Nothing but position tells which token is the previous one, and no next token can be
 * predicted.
 *
 * <p>Classes: {@code asked}, every position with a target; {@code early} and {@code late}, its first and second half. In a
 * counterpart the token at {@code SOURCE} is another one; {@code QUERY} is the position after it, where the previous token is
 * asked for; columns {@code answer} and {@code wrong} are the two tokens.
 */
@Named("random-tokens")
@Doc("Independent random tokens. With `task: previous-token` each position is asked for the token before it.")
@Example("{generator: random-tokens, task: previous-token, length: 24, rows: 256, seed: 1}")
@Mark(
        is = Mark.Kind.POSITION,
        name = "SOURCE",
        doc = "With `task: previous-token`: the token that the counterpart replaces.")
@Mark(is = Mark.Kind.POSITION, name = "QUERY", doc = "With it: the position after SOURCE, which is asked for it.")
@Mark(is = Mark.Kind.CLASS, name = "asked", doc = "Every position with a target.")
@Mark(is = Mark.Kind.CLASS, name = "early", doc = "Its first half.")
@Mark(is = Mark.Kind.CLASS, name = "late", doc = "Its second half.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "With it: the token at SOURCE.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "With it: the token of the counterpart there.")
public record RandomTokens(
        @Doc("Tokens per row, without `bos`.") @Default("24")
        int length,

        @Doc("The target at each position.") @Default("next-token")
        Task task,

        @Doc("Token id at the start of each row, never drawn as a random token. Default: no such token.") @Nullable
        Integer bos,

        @Doc("The token ids to draw from. Default: the whole vocabulary except special tokens.") @Nullable
        IntRange ids,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements TaskDataset, PairedGenerator {

    /** What positions predict. */
    public enum Task {
        @Doc("The next token, as a language model does: nothing can predict it.")
        NEXT_TOKEN,
        @Doc("The token before this position's own; the first token has no target.")
        PREVIOUS_TOKEN
    }

    public RandomTokens {
        RowOptions.check(rows);
        RowOptions.checkLength(length);
        if (length < 2) {
            throw new IllegalArgumentException("`length` must be at least 2, not " + length);
        }
    }

    @Override
    public void check(Draw draw) {
        new TokenPool(draw, ids, bos).require(2, "ids", "a row of random tokens");
    }

    @Override
    public Pair pair(Draw draw, RowRandom random) {
        TokenPool pool = new TokenPool(draw, ids, bos);
        int[] body = new int[length];
        for (int i = 0; i < length; i++) {
            body[i] = pool.any(random);
        }
        int source = random.nextInt(length - 1);
        int other = pool.fresh(random, new int[] {body[source]}, 1);
        int[] changed = body.clone();
        changed[source] = other;
        return new Pair(row(body, source, body[source], other), row(changed, source, body[source], other));
    }

    private DrawnRow row(int[] body, int source, int answer, int wrong) {
        int head = bos == null ? 0 : 1;
        DrawnRow row = new DrawnRow(RowOptions.withBos(bos, body), "asked", "early", "late");
        for (int i = 0; i < length; i++) {
            int target = task == Task.PREVIOUS_TOKEN ? i - 1 : i + 1;
            if (target >= 0 && target < length) {
                row.target(head + i, body[target])
                        .mark("asked", head + i)
                        .mark(i < length / 2 ? "early" : "late", head + i);
            }
        }
        return row.position("SOURCE", head + source)
                .position("QUERY", head + source + 1)
                .column("answer", answer)
                .column("wrong", wrong);
    }
}
