package dev.loupe.dataset.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanguageGridTest {
    private static final Sources SOURCES =
            new Sources(List.of(), Lexicon.ofAll().size(), Set.of(), null, null);

    /** Truth by the language's own labels: the pair is one in its own cell, and in no cell with one token exchanged. */
    @Test
    void exchangedTokensOfTrigramsAreNoPairs() {
        TokenRows rows = new LanguageGrid(LanguageGrid.Pairs.TRIGRAMS, 12, 100, 4L).read(SOURCES);
        assertThat(rows.rows()).isEqualTo(400);
        Grammar grammar = new Grammar(PlantedLanguage.whole());
        int place = grammar.labels().stream().map(Construct.Kind::name).toList().indexOf("trigram-pair");
        Set<Integer> pairs = new HashSet<>();
        for (int r = 0; r < 400; r++) {
            Grammar.Place at = grammar.begin();
            for (int token : rows.tokens()[r]) {
                at.read(token);
            }
            int pair = at.labels()[place];
            int own = rows.label("pair").values()[r][0];
            int cell = rows.label("cell").values()[r][13];
            if (cell == 0) {
                assertThat(pair).isEqualTo(own);
                assertThat(rows.columns().get("answer")[r])
                        .isEqualTo(Lexicon.ofAll().pairs().get(own)[2]);
                pairs.add(own);
            } else if (cell < 3) {
                assertThat(pair).isEqualTo(Label.NONE);
            }
            assertThat(rows.tokens()[r]).startsWith(java.util.Arrays.copyOf(rows.tokens()[r / 4 * 4], 12));
        }
        assertThat(pairs).hasSize(50);
    }

    @Test
    void wordsEndInTheirTwoPieces() {
        TokenRows rows = new LanguageGrid(LanguageGrid.Pairs.WORDS, 3, 20, 4L).read(SOURCES);
        Lexicon words = Lexicon.ofAll();
        for (int r = 0; r < 80; r += 4) {
            int pair = rows.label("pair").values()[r][0];
            assertThat(rows.tokens()[r][3]).isEqualTo(words.stems()[pair / 4]);
            assertThat(rows.tokens()[r][4]).isEqualTo(words.endings()[pair % 4]);
            assertThat(rows.tokens()[r + 3][3]).isNotEqualTo(words.stems()[pair / 4]);
            assertThat(rows.tokens()[r + 3][4]).isNotEqualTo(words.endings()[pair % 4]);
        }
    }

    @Test
    void aSmallVocabularyIsRefused() {
        assertThatThrownBy(() -> new LanguageGrid(LanguageGrid.Pairs.WORDS, 3, 20, 4L)
                        .read(new Sources(List.of(), 50, Set.of(), null, null)))
                .hasMessageContaining("needs a vocabulary of");
    }
}
