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
class AnswerProbabilityTest {
    @ParameterizedTest
    @CsvSource(
            value = {"null, .75", "SUM, .75", "MEAN, .25", "MAX, .4", "FIRST, .1"},
            nullValues = "null")
    void severalAnswersAreReadAsIsSaid(Reduction how, double wanted) {
        RowValues end = WrittenLogits.read(new AnswerProbability("END", how));
        assertThat(end.numerator()[0]).isEqualTo(wanted, within(1e-6));
        assertThat(end.numerator()[1]).isEqualTo(.5, within(1e-6));
        assertThat(end.denominator()).containsExactly(1, 1);
    }

    @Test
    void itSaysWhatItIs() {
        AnswerProbability metric = new AnswerProbability("END", Reduction.MAX);
        assertThat(metric.label()).isEqualTo("probability of the answer at END, largest of answers");
        assertThat(metric.unit()).isEqualTo("probability");
        assertThat(metric.formula()).isEqualTo("mean over rows of (largest of p[END, answers])");
        assertThat(metric.higherIsBetter()).isTrue();
    }

    @Test
    void aPositionThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new AnswerProbability("NOWHERE", Reduction.FIRST).check(WrittenLogits.rows()))
                .hasMessageContaining("neither a position class nor a named position `NOWHERE`");
    }

    @Test
    void aColumnThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new AnswerProbability("END", null).check(WrittenLogits.rowsWithout("answer")))
                .hasMessageContaining("the dataset has no column `answer`");
    }

    /** A summed probability S: p (1 - S) at an answer, -p S elsewhere. */
    @Test
    void itsGradient() {
        float[] gradient = WrittenLogits.gradient(new AnswerProbability("END", null));
        double[] wanted = {.025, -.15, .1, -.0375, .0625, -.05, .25, -.1, -.05, -.05};
        for (int i = 0; i < 10; i++) {
            // Position 2 of both rows.
            assertThat(gradient[i / 5 * 15 + 10 + i % 5]).isEqualTo((float) wanted[i], within(1e-6f));
        }
        assertThat(gradient[0]).isZero();
    }
}
