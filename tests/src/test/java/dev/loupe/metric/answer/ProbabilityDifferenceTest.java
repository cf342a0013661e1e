package dev.loupe.metric.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
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
}
