package dev.loupe.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChanceWordsTest {
    private static NullBand band(Side side, double... draws) {
        return new NullBand("m", draws, side);
    }

    @Test
    void fewDrawsHaveNoPercentile() {
        double[] five = {.1, .347, -.2, .3, .05};
        assertThat(ChanceWords.edge(band(Side.HIGHER, five))).isEqualTo("the largest of 5 draws is 0.347");
        assertThat(ChanceWords.edge(band(Side.LOWER, five))).isEqualTo("the smallest of 5 draws is −0.200");
        assertThat(ChanceWords.edge(band(Side.BOTH, five))).isEqualTo("the largest in magnitude of 5 draws is 0.347");
        assertThat(ChanceWords.edge(band(Side.HIGHER, Double.NaN))).isEqualTo("no draw is defined");
    }

    @Test
    void aHundredDrawsHaveOne() {
        double[] hundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
        assertThat(ChanceWords.edge(band(Side.HIGHER, hundred))).isEqualTo("99 % of 100 draws lie below 99.01");
        assertThat(ChanceWords.edge(band(Side.LOWER, hundred))).isEqualTo("99 % of 100 draws lie above 1.990");
        assertThat(ChanceWords.edge(band(Side.BOTH, hundred)))
                .isEqualTo("99 % of 100 draws lie between −99.01 and 99.01");
    }

    @Test
    void aFindIsHeldAgainstTheSideWhereFindsStand() {
        assertThat(ChanceWords.find(band(Side.HIGHER, .1, .347), .4, true)).isEqualTo("The largest is above chance.");
        assertThat(ChanceWords.find(band(Side.HIGHER, .1, .347), .2, true))
                .isEqualTo("The largest is not above chance: 1 of 2 draws reaches as far.");
        assertThat(ChanceWords.find(band(Side.HIGHER, .1, .347), -1.002, false))
                .isEqualTo("The number is not above chance: it is on the other side of every draw.");
        assertThat(ChanceWords.find(band(Side.BOTH, .1, .347), -1.002, true))
                .isEqualTo("The largest in magnitude is beyond chance.");
        assertThat(ChanceWords.find(band(Side.LOWER, 9.9, 10.7), .93, false)).isEqualTo("The number is below chance.");
        assertThat(ChanceWords.find(band(Side.LOWER, 9.9, 10.7), 11, false))
                .isEqualTo("The number is not below chance: it is on the other side of every draw.");
    }
}
