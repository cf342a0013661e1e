package dev.loupe.dataset.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FactorialTest {
    private static final Map<String, List<String>> WORDS =
            new TreeMap<>(Map.of("A", List.of("red", "green", "blue"), "B", List.of("apple", "leaf", "sky")));

    private static TokenRows read(Map<String, List<String>> factors, String template, int groups) {
        WordEncoder encoder = new WordEncoder();
        return new Factorial(List.of(template), factors, Bos.parse("none"), groups, 3L)
                .read(new Sources(List.of(), 1000, Set.of(), encoder, null));
    }

    @Test
    void aGroupHoldsEveryCombinationOfItsTwoNumbers() {
        TokenRows rows = read(WORDS, "a {A} {B} here", 6);
        assertThat(rows.rows()).isEqualTo(24);
        for (int g = 0; g < 6; g++) {
            int[][] own = {
                rows.tokens()[4 * g], rows.tokens()[4 * g + 1], rows.tokens()[4 * g + 2], rows.tokens()[4 * g + 3]
            };
            assertThat(own[0][1]).isEqualTo(own[2][1]).isNotEqualTo(own[1][1]);
            assertThat(own[1][1]).isEqualTo(own[3][1]);
            assertThat(own[0][2]).isEqualTo(own[1][2]).isNotEqualTo(own[2][2]);
            assertThat(own[2][2]).isEqualTo(own[3][2]);
            assertThat(rows.document(4 * g)).isEqualTo(g).isEqualTo(rows.document(4 * g + 3));
            assertThat(rows.label("pair").values()[4 * g][0]).isEqualTo(g % 3);
            for (int cell = 0; cell < 4; cell++) {
                assertThat(rows.label("cell").values()[4 * g + cell][0]).isEqualTo(cell);
                assertThat(rows.label("A").values()[4 * g + cell][2]).isEqualTo(cell % 2);
                assertThat(rows.label("B").values()[4 * g + cell][2]).isEqualTo(cell / 2);
                assertThat(rows.belongs("A-tokens", 4 * g + cell, 1)).isTrue();
                assertThat(rows.belongs("B-tokens", 4 * g + cell, 1)).isFalse();
                assertThat(rows.belongs("END", 4 * g + cell, 3)).isTrue();
            }
        }
        assertThat(rows.label("pair").names()).containsExactly("redapple", "greenleaf", "bluesky");
    }

    @Test
    void oneFactorMakesPairsOfPrompts() {
        TokenRows rows = read(Map.of("N", List.of("people", "apples")), "12 {N}", 3);
        assertThat(rows.rows()).isEqualTo(6);
        assertThat(rows.label("cell").names()).containsExactly("own", "other");
        assertThat(rows.tokens()[0][1]).isEqualTo(rows.tokens()[3][1]);
    }

    @Test
    void whatCannotBeCrossedIsRefused() {
        assertThatThrownBy(() -> read(WORDS, "a {A} here", 2)).hasMessageContaining("must contain each of A, B once");
        assertThatThrownBy(() -> read(Map.of("A", List.of("x", "y"), "B", List.of("z")), "{A} {B}", 2))
                .hasMessageContaining("equally many words");
        assertThatThrownBy(() -> read(Map.of("N", List.of("one", "two words")), "12 {N}", 2))
                .hasMessageContaining("all must have equally many");
    }
}
