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

/** Numbers by hand from {@link WrittenLogits#P}: answers of probability .1, .25 and .4 in the first row, .5 in the second. */
class LogProbabilityTest {
    @ParameterizedTest
    @CsvSource(
            value = {"null, -0.2876821", "SUM, -0.2876821", "MEAN, -1.5350567", "MAX, -0.9162907", "FIRST, -2.3025851"},
            nullValues = "null")
    void severalAnswersAreReadAsIsSaid(Reduction how, double wanted) {
        RowValues end = WrittenLogits.read(new LogProbability("END", how));
        assertThat(end.numerator()[0]).isEqualTo(wanted, within(1e-6));
        assertThat(end.numerator()[1]).isEqualTo(Math.log(.5), within(1e-6));
        assertThat(end.denominator()).containsExactly(1, 1);
    }

    @Test
    void itSaysWhatItIs() {
        LogProbability metric = new LogProbability("END", Reduction.MAX);
        assertThat(metric.label()).isEqualTo("log-probability of the answer at END, largest of answers");
        assertThat(metric.unit()).isEqualTo("nats");
        assertThat(metric.formula()).isEqualTo("mean over rows of (largest of log p[END, answers])");
        assertThat(metric.higherIsBetter()).isTrue();
    }

    @Test
    void aColumnThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new LogProbability("END", null).check(WrittenLogits.rowsWithout("answer")))
                .hasMessageContaining("the dataset has no column `answer`");
    }

    /** The log of a summed probability S: p / S - p at an answer, -p elsewhere. */
    @Test
    void itsGradient() {
        float[] gradient = WrittenLogits.gradient(new LogProbability("END", null));
        double[] wanted = {.1 / .75 - .1, -.2, .4 / .75 - .4, -.05, .25 / .75 - .25, -.1, .5, -.2, -.1, -.1};
        for (int i = 0; i < 10; i++) {
            // Position 2 of both rows.
            assertThat(gradient[i / 5 * 15 + 10 + i % 5]).isEqualTo((float) wanted[i], within(1e-6f));
        }
        assertThat(gradient[0]).isZero();
    }
}
