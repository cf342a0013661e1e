package dev.loupe.dataset.language;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.FactorCells;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.NeededInline;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the planted language that end in a word, as one token or in two pieces. Of both spellings with one seed the n-th rows have
 * the same word after the same tokens; a row in two pieces lacks the first of these, so that words end at the same position.
 */
@Named("language-spellings")
@Doc(
        "Rows of the planted language that end in a word of two spellings: one token, or two pieces. With the same seed the n-th rows of "
                + "both spellings have the same word after the same tokens, and it ends at the same position.")
@Example("{generator: language-spellings, spelling: split, rows: 100, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token of the word, the only one with a target.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "What follows the word.")
@Mark(is = Mark.Kind.LABEL, name = "word", doc = "The word, of all tokens of its row.")
public record LanguageSpellings(
        @Doc("How the word is written.") Spelling spelling,

        @Doc("Number of tokens of the language before a word of one token.") @Default("12")
        int lead,

        @Doc("Number of rows.") @Default("200") int rows,

        @NeededInline @Doc("Seed of the rows. Training uses its own seeds.") @Nullable
        Long seed)
        implements LanguageDataset, TokenGenerator {
    /** How a word is written. */
    public enum Spelling {
        @Doc("As one token.")
        MERGED,
        @Doc("As two pieces.")
        SPLIT,
        @Doc("Each row in either way, drawn at random.")
        EITHER
    }

    /** The language without words in two pieces, which a model that never reads any would not know. */
    private static final PlantedLanguage BEFORE = PlantedLanguage.whole().unsplit();

    public LanguageSpellings {
        RowOptions.check(rows);
        if (lead < 2 || lead > 60) {
            throw new IllegalArgumentException("`lead` must be 2 to 60, not " + lead);
        }
    }

    @Override
    public void check(Draw draw) {
        PlantedLanguage.whole().check(draw);
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        int[] before = BEFORE.row(draw, random).tokens(lead);
        List<int[]> words = Grammar.splitWords();
        int word = random.nextInt(words.size());
        int[] own = words.get(word);
        boolean merged = spelling == Spelling.EITHER ? random.nextBoolean() : spelling == Spelling.MERGED;
        int[] tokens =
                merged ? Arrays.copyOf(before, lead + 1) : Arrays.copyOf(Arrays.copyOfRange(before, 1, lead), lead + 1);
        if (merged) {
            tokens[lead] = own[3];
        } else {
            tokens[lead - 1] = own[0];
            tokens[lead] = own[1];
        }
        return new DrawnRow(tokens)
                .position("END", lead)
                .target(lead, own[2])
                .column("answer", own[2])
                .label("word", FactorCells.constant(Grammar.pairNames(true), word, lead + 1));
    }
}
