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
import dev.loupe.schema.shape.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * The control of problem 6.20: nothing returns, so nothing can be found by matching. Class {@code fresh}: every
 * position but {@code bos}.
 */
@Named("no-repeat-tokens")
@Doc("Random tokens without repeats: a control on which induction and duplicate-token heads have nothing to attend to.")
@Example("{generator: no-repeat-tokens, length: 24, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.CLASS, name = "fresh", doc = "Every token but BOS.")
public record NoRepeatTokens(
        @Doc("Tokens per row, without `bos`.") @Default("24")
        int length,

        @Doc("Token id at the start of each row, never drawn as a random token. Default: no such token.") @Nullable
        Integer bos,

        @Doc("The token ids to draw from. Default: the whole vocabulary except special tokens.") @Nullable
        IntRange ids,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements RepeatDataset, TokenGenerator {

    public NoRepeatTokens {
        RowOptions.check(rows);
        RowOptions.checkLength(length);
    }

    @Override
    public void check(Draw draw) {
        new TokenPool(draw, ids, bos).require(length, "length", "a row of " + length + " different tokens");
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        int[] tokens = RowOptions.withBos(bos, new TokenPool(draw, ids, bos).distinct(random, length));
        DrawnRow row = new DrawnRow(tokens, "fresh");
        for (int i = bos == null ? 0 : 1; i < tokens.length; i++) {
            row.mark("fresh", i);
        }
        return row;
    }
}
