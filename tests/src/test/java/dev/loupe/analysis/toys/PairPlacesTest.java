package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows {@code b = a}, so that no place is where it usually is. */
class PairPlacesTest {
    private static final PairPlaces BACK = new PairPlaces("LAST", "FIRST", "MID", 0);

    private static ModelShape shape(int vocabulary, int outputs) {
        return new ModelShape(
                "transformer", 1, 4, 1, 1, 4, 4, vocabulary, outputs, 8, false, false, false, 0, List.of());
    }

    private static TokenRows rows(int[][] tokens) {
        int[] first = new int[tokens.length];
        int[] mid = new int[tokens.length];
        int[] last = new int[tokens.length];
        java.util.Arrays.fill(mid, 1);
        java.util.Arrays.fill(last, 2);
        return new TokenRows(
                tokens, new int[0][], Map.of(), Map.of("FIRST", first, "MID", mid, "LAST", last), Map.of());
    }

    private static int[][] everyPair() {
        int[][] out = new int[9][];
        for (int pair = 0; pair < 9; pair++) {
            out[pair] = new int[] {pair % 3, 3, pair / 3};
        }
        return out;
    }

    @Test
    void aPairIsReadWhereItsNumbersLie() {
        TokenRows rows = rows(new int[][] {{1, 3, 2}, {3, 1, 2}, {0, 1, 3}, {2, 3, 0}});
        assertThat(BACK.pair(rows, 0, 3)).isEqualTo(2 * 3 + 1);
        assertThat(BACK.pair(rows, 1, 3)).as("3 is no number below 3").isEqualTo(-1);
        assertThat(BACK.pair(rows, 2, 3)).isEqualTo(-1);
        assertThat(BACK.pair(rows, 3, 3)).isEqualTo(2);
        assertThat(BACK.place(rows, "MID", 3)).isEqualTo(1);
    }

    @Test
    void theModulusIsOddAndHasATokenForEachNumber() {
        assertThat(BACK.modulus(shape(6, 5))).as("as many as are predicted").isEqualTo(5);
        assertThat(new PairPlaces("A", "B", "END", 3).modulus(shape(3, 3))).isEqualTo(3);
        assertThatThrownBy(() -> BACK.modulus(shape(7, 6)))
                .hasMessageContaining("not for 6, the number of output tokens");
        assertThatThrownBy(() -> new PairPlaces("A", "B", "END", 4).modulus(shape(9, 9)))
                .hasMessageContaining("not for 4: an even one");
        assertThatThrownBy(() -> new PairPlaces("A", "B", "END", 1).modulus(shape(9, 9)))
                .hasMessageContaining("not for 1");
        PairPlaces five = new PairPlaces("A", "B", "END", 5);
        assertThat(five.modulus(shape(5, 5))).isEqualTo(5);
        assertThatThrownBy(() -> five.modulus(shape(4, 5))).hasMessageContaining("reads 4 and predicts 5");
        assertThatThrownBy(() -> five.modulus(shape(5, 4))).hasMessageContaining("reads 5 and predicts 4");
    }

    @Test
    void everyPairHasToOccur() {
        int[][] all = everyPair();
        assertThatCode(() -> BACK.check(rows(all), 3)).doesNotThrowAnyException();
        all[4] = new int[] {2, 3, 2};
        assertThatThrownBy(() -> BACK.check(rows(all), 3)).hasMessageContaining("hold 8 of the 9 pairs");
        all[4] = new int[] {3, 3, 0};
        assertThatThrownBy(() -> BACK.check(rows(all), 3)).hasMessageContaining("hold 8 of the 9 pairs");
        assertThatThrownBy(() -> PairPlaces.USUAL.check(rows(everyPair()), 3))
                .hasMessageContaining("no named position `A`");
    }
}
