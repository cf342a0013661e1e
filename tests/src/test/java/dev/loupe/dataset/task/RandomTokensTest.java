package dev.loupe.dataset.task;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomTokensTest {
    private static PairedRows pairs(String options) {
        return bind(RandomTokens.class, "{generator: random-tokens, " + options + "}")
                .pairs(new Sources(Path.of("."), 32));
    }

    @Test
    void everyPositionIsAskedForTheTokenBefore() {
        TokenRows rows = pairs("task: previous-token, length: 8, bos: 31, rows: 50, seed: 1")
                .clean();
        for (int r = 0; r < 50; r++) {
            int[] row = rows.tokens()[r];
            assertThat(row).hasSize(9);
            assertThat(row[0]).isEqualTo(31);
            assertThat(Arrays.stream(row, 1, 9)).doesNotContain(31);
            assertThat(rows.target(r, 0)).isEqualTo(-1);
            assertThat(rows.target(r, 1)).isEqualTo(-1);
            for (int p = 2; p < 9; p++) {
                assertThat(rows.target(r, p)).isEqualTo(row[p - 1]);
                assertThat(rows.classes().get("early")[r][p]).isEqualTo(p < 5);
            }
            assertThat(Datasets.count(rows.classes().get("asked")[r])).isEqualTo(7);
        }
    }

    @Test
    void orForTheNextOne() {
        TokenRows rows = pairs("length: 5, rows: 20, seed: 1").clean();
        for (int r = 0; r < 20; r++) {
            for (int p = 0; p < 4; p++) {
                assertThat(rows.target(r, p)).isEqualTo(rows.tokens()[r][p + 1]);
            }
            assertThat(rows.target(r, 4)).isEqualTo(-1);
        }
    }

    @Test
    void tokensAreUniform() {
        int[] counts = new int[32];
        for (int[] row : pairs("length: 100, rows: 320, seed: 7").clean().tokens()) {
            Arrays.stream(row).forEach(token -> counts[token]++);
        }
        // 1000 each, with a standard deviation of 31.
        assertThat(Arrays.stream(counts)).allMatch(n -> n > 840 && n < 1160);
    }

    @Test
    void aCounterpartHasAnotherTokenAtItsSource() {
        PairedRows pairs = pairs("task: previous-token, length: 6, rows: 100, seed: 2");
        for (int r = 0; r < 100; r++) {
            int source = pairs.clean().positions().get("SOURCE")[r];
            int[] clean = pairs.clean().tokens()[r];
            int[] other = pairs.corrupted().tokens()[r];
            assertThat(pairs.clean().positions().get("QUERY")[r]).isEqualTo(source + 1);
            assertThat(pairs.clean().target(r, source + 1))
                    .isEqualTo(clean[source])
                    .isEqualTo(pairs.clean().columns().get("answer")[r]);
            assertThat(pairs.corrupted().target(r, source + 1))
                    .isEqualTo(other[source])
                    .isEqualTo(pairs.clean().columns().get("wrong")[r])
                    .isNotEqualTo(clean[source]);
            other[source] = clean[source];
            assertThat(other).isEqualTo(clean);
        }
    }

    @Test
    void oneTokenIsNoRow() {
        assertThatThrownBy(() -> pairs("length: 1, rows: 1, seed: 1"))
                .hasMessageContaining("`length` must be at least 2");
    }
}
