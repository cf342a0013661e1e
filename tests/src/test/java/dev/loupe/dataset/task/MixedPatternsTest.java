package dev.loupe.dataset.task;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MixedPatternsTest {
    /** Ten words; triggers 10 and 11, questions 12 and 13, answers 14 to 17, BEGIN 18. */
    private static TokenRows rows(String options) {
        MixedPatterns patterns =
                bind(MixedPatterns.class, "{generator: mixed-patterns, words: 10, triples: 2, " + options + "}");
        return patterns.read(new Sources(Path.of("."), patterns.vocabularySize()));
    }

    @Test
    void theAnswerTellsWhetherTheTriggerWasSeen() {
        TokenRows rows = rows("period: 5..6, length: 24, rows: 300, seed: 1");
        int seen = 0;
        for (int r = 0; r < 300; r++) {
            int[] x = rows.tokens()[r];
            int question = rows.positions().get("END")[r];
            int triple = x[question] - 12;
            boolean trigger = Arrays.stream(x, 0, question).anyMatch(token -> token == 10 + triple);
            assertThat(x[question + 1]).isEqualTo(14 + 2 * triple + (trigger ? 1 : 0));
            assertThat(rows.classes().get("skip")[r][question]).isTrue();
            assertThat(Arrays.stream(x).filter(token -> token >= 12 && token < 14))
                    .hasSize(1);
            assertThat(x[0]).isEqualTo(18);
            seen += trigger ? 1 : 0;
        }
        assertThat(seen).isBetween(110, 190);
    }

    @Test
    void whatIsRepeatedFollowedTheSameTokenBefore() {
        TokenRows rows = rows("period: 5..6, length: 24, rows: 300, seed: 2");
        int repeated = 0;
        for (int r = 0; r < 300; r++) {
            int[] x = rows.tokens()[r];
            for (int i = 0; i + 1 < x.length; i++) {
                int classes = 0;
                for (String name : new String[] {"random", "repeated", "skip", "other"}) {
                    classes += rows.classes().get(name)[r][i] ? 1 : 0;
                }
                assertThat(classes)
                        .as("one class at every position that predicts")
                        .isEqualTo(1);
                if (rows.classes().get("repeated")[r][i]) {
                    boolean before = false;
                    for (int j = 0; j < i; j++) {
                        before |= x[j] == x[i] && x[j + 1] == x[i + 1];
                    }
                    assertThat(before).isTrue();
                    repeated++;
                }
            }
        }
        assertThat(repeated).isGreaterThan(600);
    }

    @Test
    void rowsThatHaveNoRoomAreRefused() {
        assertThatThrownBy(() -> rows("period: 5..8, length: 20, seed: 1")).hasMessageContaining("at least 22");
    }
}
