package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.rows.RowSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a byte-level tokenizer that cuts digits in threes and has few merges: 17, 173, 33, 31, Mary. */
class WordTokensTest {
    private final HubTokenizer tokenizer =
            HubTokenizer.open(Specs.HOME.resolve("tests/src/test/resources/tokenizers/digits-in-threes"));
    private final WordTokens words = new WordTokens(tokenizer, tokenizer.vocabulary());

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private String shown(String word) {
        return tokenizer.display(words.ids(List.of(word)).get(0));
    }

    private RowSet rows(int[] ids) {
        TokenRows rows = new TokenRows(
                new int[][] {ids}, new int[0][], Map.of(), Map.of("END", new int[] {ids.length - 1}), Map.of());
        RowsRef ref = new RowsRef("years", "years", "years", List.of(new RowsRef.Bucket(ids.length, 1)), Map.of());
        return new RowSet(ref, rows, List.of(), tokenizer::display);
    }

    private void after(String prompt, String word) {
        words.checkAfter(rows(tokenizer.encode(prompt).ids()), "END", List.of(word), words.ids(List.of(word)));
    }

    @Test
    void aWordIsOneTokenWithOrWithoutItsSpace() {
        assertThat(shown(" Mary")).isEqualTo("·Mary");
        assertThat(shown("Mary")).isEqualTo("Mary");
        assertThat(shown("33")).isEqualTo("33");
    }

    @Test
    void aWordOfSeveralTokensIsShownInItsTokens() {
        assertThatThrownBy(() -> words.ids(List.of("toMary"))).hasMessageContaining("t|o|Mary");
        assertThatThrownBy(() -> new WordTokens(tokenizer, 2).ids(List.of(" Mary")))
                .hasMessageContaining("the model does not predict the token");
    }

    @Test
    void aPromptThatEndsInsideATokenIsRefused() {
        after("year 171", "33");
        after("to", " Mary");
        assertThatThrownBy(() -> after("year 17", "33"))
                .hasMessageContaining("row 0 of dataset `years`: \"33\" changes the tokens of the prompt");
    }

    @Test
    void drawnIdsAreNoTextAndAreNotChecked() {
        int one = tokenizer.encode("1").ids()[0];
        int seven = tokenizer.encode("7").ids()[0];
        words.checkAfter(rows(new int[] {one, seven}), "END", List.of("33"), words.ids(List.of("33")));
    }
}
