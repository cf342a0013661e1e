package dev.loupe.dataset.repeats;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrefixDisambiguatedTest {

    @Test
    void onlyTheTokenSoManyPlacesBackDecides() {
        for (int prefix = 1; prefix <= 4; prefix++) {
            for (long seed = 0; seed < 10; seed++) {
                check(prefix, seed);
            }
        }
    }

    private static void check(int prefix, long seed) {
        TokenRows rows = bind(
                        PrefixDisambiguated.class,
                        "{generator: prefix-disambiguated, gap: 0..4, bos: 0, prefix: " + prefix + "}")
                .draw(new Draw(64, 60, seed));
        int first = 0;
        for (int r = 0; r < rows.rows(); r++) {
            int[] tokens = rows.tokens()[r];
            int a1 = rows.positions().get("A1")[r];
            int a2 = rows.positions().get("A2")[r];
            int end = rows.positions().get("END")[r];
            assertThat(end).isEqualTo(tokens.length - 1);
            assertThat(context(tokens, a1, prefix)).isEqualTo(context(tokens, end, prefix));
            assertThat(context(tokens, a2, prefix)).isEqualTo(context(tokens, end, prefix));
            assertThat(tokens[a1 - prefix]).isNotEqualTo(tokens[a2 - prefix]);
            boolean likeFirst = tokens[end - prefix] == tokens[a1 - prefix];
            first += likeFirst ? 1 : 0;
            assertThat(tokens[end - prefix]).isEqualTo(tokens[(likeFirst ? a1 : a2) - prefix]);
            assertThat(rows.target(r, end)).isEqualTo(tokens[(likeFirst ? a1 : a2) + 1]);
            assertThat(rows.columns().get("answer")[r]).isEqualTo(rows.target(r, end));
            assertThat(rows.columns().get("wrong")[r]).isEqualTo(tokens[(likeFirst ? a2 : a1) + 1]);
            assertThat(tokens[rows.positions().get("B")[r]]).isEqualTo(tokens[a1 + 1]);
            assertThat(tokens[rows.positions().get("C")[r]]).isEqualTo(tokens[a2 + 1]);
            assertThat(Datasets.occurrences(tokens).get(tokens[end])).isEqualTo(3);
            assertThat(Datasets.occurrences(tokens).values().stream().filter(n -> n > 3))
                    .isEmpty();
            assertThat(Datasets.count(rows.classes().get("disambiguated")[r])).isEqualTo(1);
        }
        assertThat(first).isBetween(12, 48);
    }

    private static int[] context(int[] tokens, int end, int length) {
        return Arrays.copyOfRange(tokens, end - length + 1, end + 1);
    }

    @Test
    void rowsOfOneLengthAreFilledAtTheBeginning() {
        PrefixDisambiguated generator =
                bind(PrefixDisambiguated.class, "{generator: prefix-disambiguated, length: 30, prefix: 2, gap: 1..5}");
        for (int[] tokens : generator.draw(new Draw(64, 50, 3)).tokens()) {
            assertThat(tokens).hasSize(30);
        }
        assertThatThrownBy(() -> generator.draw(new Draw(20, 1, 1))).hasMessageContaining("25 different tokens");
        assertThatThrownBy(() -> bind(PrefixDisambiguated.class, "{generator: prefix-disambiguated, length: 10}"))
                .hasMessageContaining("is less than the 26 tokens");
    }
}
