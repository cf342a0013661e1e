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
 * The prefix set of problem 6.20: {@code [bos] .. u s A B .. v s A C .. w s A}, where {@code s} are prefix - 1 tokens
 * that all three contexts share and {@code w} is {@code u} or {@code v}, at random. Which of B and C follows is decided
 * only by the token {@code prefix} places before A: a head that matches fewer tokens cannot tell. All other tokens of a
 * row differ.
 *
 * <p>Class {@code disambiguated}: the last position of each row, the only one with a target. Positions {@code A1},
 * {@code A2}, {@code END} (the three A) and {@code B}, {@code C}. Columns {@code answer} and {@code wrong}: B and C
 * where the context is that of B, else C and B.
 */
@Named("prefix-disambiguated")
@Doc("`A B ... A C ... A ?`: a token before the last A decides between B and C. Separates heads that match "
        + "longer prefixes from heads that match one token.")
@Example("{generator: prefix-disambiguated, prefix: 2, gap: 2..6, rows: 256, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "A1", doc = "The first A.")
@Mark(is = Mark.Kind.POSITION, name = "B", doc = "The token after it.")
@Mark(is = Mark.Kind.POSITION, name = "A2", doc = "The second A.")
@Mark(is = Mark.Kind.POSITION, name = "C", doc = "The token after it.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last A, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "disambiguated", doc = "END.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "B or C, whichever the context asks for.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The other one.")
public record PrefixDisambiguated(
        @Doc("Distance from the deciding token to A; the tokens between them are the same in all contexts.")
        @Default("1")
        int prefix,

        @Doc("Number of filler tokens before each context, drawn uniformly for each.") @Default("2..6")
        IntRange gap,

        @Doc("Length of every row, filled up at the beginning. Without it, rows differ in length.") @Nullable
        Integer length,

        @Doc("Token id at the start of each row, never drawn as a random token. Default: no such token.") @Nullable
        Integer bos,

        @Doc("The token ids to draw from. Default: the whole vocabulary except special tokens.") @Nullable
        IntRange ids,

        @Doc("Number of rows.") @Default("256") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements RepeatDataset, TokenGenerator {

    public PrefixDisambiguated {
        RowOptions.check(rows);
        if (prefix < 1 || prefix > RowOptions.LONGEST / 8) {
            throw new IllegalArgumentException("`prefix` must be at least 1, not " + prefix);
        }
        if (gap.low() < 0 || gap.high() > RowOptions.LONGEST / 8) {
            throw new IllegalArgumentException("`gap` must be within 0.." + RowOptions.LONGEST / 8 + ", not " + gap);
        }
        int longest = longest(prefix, gap, bos);
        if (length != null) {
            RowOptions.checkLength(length);
            if (length < longest) {
                throw new IllegalArgumentException("`length: " + length + "` is less than the " + longest
                        + " tokens that three contexts with gaps of " + gap.high() + " may need");
            }
        }
    }

    private static int longest(int prefix, IntRange gap, @Nullable Integer bos) {
        return 3 * (gap.high() + prefix + 1) + 2 + (bos == null ? 0 : 1);
    }

    @Override
    public void check(Draw draw) {
        int longest = length == null ? longest(prefix, gap, bos) : length;
        // Three contexts write the shared tokens and A three times, and the deciding token of the third is an old one.
        int different = longest - (bos == null ? 0 : 1) - 2 * prefix - 1;
        new TokenPool(draw, ids, bos).require(different, "gap", "a row with " + different + " different tokens");
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        int[] gaps = new int[3];
        int used = 3 * (prefix + 1) + 2;
        for (int context = 0; context < 3; context++) {
            gaps[context] = random.between(gap.low(), gap.high());
            used += gaps[context];
        }
        int head = bos == null ? 0 : 1;
        gaps[0] += length == null ? 0 : length - head - used;
        int body = length == null ? used : length - head;
        boolean first = random.nextBoolean();

        int[] different = new TokenPool(draw, ids, bos).distinct(random, body - 2 * prefix - 1);
        int[] tokens = new int[body];
        int[] ends = new int[3];
        int at = 0;
        int next = 0;
        for (int context = 0; context < 3; context++) {
            for (int i = 0; i < gaps[context]; i++) {
                tokens[at++] = different[next++];
            }
            if (context == 0) {
                for (int i = 0; i <= prefix; i++) {
                    tokens[at++] = different[next++];
                }
            } else {
                int decides = context == 1 ? different[next++] : tokens[ends[first ? 0 : 1] - prefix];
                tokens[at++] = decides;
                System.arraycopy(tokens, ends[0] - prefix + 1, tokens, at, prefix);
                at += prefix;
            }
            ends[context] = at - 1;
            if (context < 2) {
                tokens[at++] = different[next++];
            }
        }
        int b = tokens[ends[0] + 1];
        int c = tokens[ends[1] + 1];
        return new DrawnRow(RowOptions.withBos(bos, tokens), "disambiguated")
                .mark("disambiguated", ends[2] + head)
                .target(ends[2] + head, first ? b : c)
                .position("A1", ends[0] + head)
                .position("B", ends[0] + 1 + head)
                .position("A2", ends[1] + head)
                .position("C", ends[1] + 1 + head)
                .position("END", ends[2] + head)
                .column("answer", first ? b : c)
                .column("wrong", first ? c : b);
    }
}
