package dev.loupe.metric.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
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
}
