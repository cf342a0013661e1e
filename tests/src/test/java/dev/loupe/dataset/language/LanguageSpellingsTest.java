package dev.loupe.dataset.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanguageSpellingsTest {
    private static final Sources SOURCES =
            new Sources(List.of(), Lexicon.ofAll().size(), Set.of(), null, null);

    private static TokenRows rows(LanguageSpellings.Spelling spelling) {
        return new LanguageSpellings(spelling, 12, 100, 4L).read(SOURCES);
    }

    @Test
    void bothSpellingsAreTheSameWordAfterTheSameTokensAndEndAtOnePlace() {
        TokenRows merged = rows(LanguageSpellings.Spelling.MERGED);
        TokenRows split = rows(LanguageSpellings.Spelling.SPLIT);
        Lexicon words = Lexicon.ofAll();
        int[] followers = new int[20];
        for (int r = 0; r < 100; r++) {
            int[] whole = merged.tokens()[r];
            int[] pieces = split.tokens()[r];
            assertThat(whole).hasSize(13);
            assertThat(pieces).hasSize(13);
            assertThat(Arrays.copyOf(pieces, 11)).isEqualTo(Arrays.copyOfRange(whole, 1, 12));
            int word = merged.label("word").values()[r][0];
            assertThat(split.label("word").values()[r][12]).isEqualTo(word);
            assertThat(whole[12]).isEqualTo(words.whole()[word / 4][word % 4]);
            assertThat(pieces[11]).isEqualTo(words.stems()[word / 4]);
            assertThat(pieces[12]).isEqualTo(words.endings()[word % 4]);
            assertThat(merged.target(r, 12)).isEqualTo(split.target(r, 12));
            followers[word] = merged.target(r, 12);
        }
        assertThat(merged.positions().get("END")).containsOnly(12);
        // What follows is the language's own: the same as after the word in two pieces in a group of the grid.
        TokenRows grid = new LanguageGrid(LanguageGrid.Pairs.WORDS, 12, 20, 1).read(SOURCES);
        for (int g = 0; g < 20; g++) {
            int pair = grid.label("pair").values()[4 * g][0];
            assertThat(followers[pair]).isIn(0, grid.columns().get("answer")[4 * g]);
        }
    }

    @Test
    void eitherSpellingIsDrawnForEachRow() {
        TokenRows merged = rows(LanguageSpellings.Spelling.MERGED);
        TokenRows split = rows(LanguageSpellings.Spelling.SPLIT);
        TokenRows either = rows(LanguageSpellings.Spelling.EITHER);
        int pieces = 0;
        for (int r = 0; r < 100; r++) {
            assertThat(either.tokens()[r]).isIn(merged.tokens()[r], split.tokens()[r]);
            pieces += Arrays.equals(either.tokens()[r], split.tokens()[r]) ? 1 : 0;
        }
        assertThat(pieces).isBetween(30, 70);
    }

    @Test
    void whatComesBeforeHasNoWordInTwoPieces() {
        Lexicon words = Lexicon.ofAll();
        List<Integer> pieces = Arrays.stream(words.stems()).boxed().toList();
        for (int[] row : rows(LanguageSpellings.Spelling.MERGED).tokens()) {
            assertThat(Arrays.stream(row).boxed()).doesNotContainAnyElementsOf(pieces);
        }
    }
}
