package dev.loupe.metric.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers by hand from {@link WrittenLogits#P}. */
class ProbabilityDifferenceTest {
    @ParameterizedTest
    @CsvSource(
            value = {"null, .5, .2", "SUM, .5, .2", "MEAN, .125, .35", "MAX, .2, .3", "FIRST, -.1, .3"},
            nullValues = "null")
    void bothSidesAreReadAsIsSaid(Reduction how, double first, double second) {
        RowValues end = WrittenLogits.read(new ProbabilityDifference("END", how));
        assertThat(end.numerator()[0]).isEqualTo(first, within(1e-6));
        assertThat(end.numerator()[1]).isEqualTo(second, within(1e-6));
        assertThat(end.denominator()).containsExactly(1, 1);
    }

    @Test
    void itSaysWhatItIs() {
        ProbabilityDifference metric = new ProbabilityDifference("END", null);
        assertThat(metric.label()).isEqualTo("probability difference at END");
        assertThat(metric.unit()).isEqualTo("probability");
        assertThat(metric.formula())
                .isEqualTo("mean over rows of (sum of p[END, answers]) - (sum of p[END, wrong answers])");
        assertThat(metric.higherIsBetter()).isTrue();
    }

    @Test
    void aPositionThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new ProbabilityDifference("NOWHERE", Reduction.FIRST).check(WrittenLogits.rows()))
                .hasMessageContaining("neither a position class nor a named position `NOWHERE`");
    }

    @Test
    void aColumnThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new ProbabilityDifference("END", null).check(WrittenLogits.rowsWithout("wrong")))
                .hasMessageContaining("the dataset has no column `wrong`");
    }

    /** Of the answers' sum S and the wrong ones' sum W: p (1 - S + W) at an answer, -p (1 + S - W) at a wrong one, p (W - S) elsewhere. */
    @Test
    void itsGradient() {
        float[] gradient = WrittenLogits.gradient(new ProbabilityDifference("END", null));
        double[] wanted = {.05, -.3, .2, -.075, .125, -.12, .4, -.24, -.02, -.02};
        for (int i = 0; i < 10; i++) {
            // Position 2 of both rows.
            assertThat(gradient[i / 5 * 15 + 10 + i % 5]).isEqualTo((float) wanted[i], within(1e-6f));
        }
        assertThat(gradient[0]).isZero();
    }
}
