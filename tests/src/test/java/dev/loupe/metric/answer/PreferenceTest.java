package dev.loupe.metric.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.SeveralAnswersException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers by hand from {@link WrittenLogits#P}. */
class PreferenceTest {
    @ParameterizedTest
    @CsvSource({"MEAN, 1, 1", "MAX, 1, 1", "FIRST, 0, 1"})
    void itIsTheSignOfTheLogitDifference(Reduction how, double first, double second) {
        assertThat(WrittenLogits.read(new Preference("END", how)).numerator()).containsExactly(first, second);
    }

    @Test
    void aTieIsHalfAHit() {
        // At the middle of row 0 answer 0 and wrong answer 1 are equally likely.
        assertThat(WrittenLogits.read(new Preference("MID", Reduction.FIRST)).numerator())
                .containsExactly(0.5, 1);
    }

    @Test
    void whatIsReadMustBeSaidAndBePossible() {
        assertThatThrownBy(() -> WrittenLogits.read(new Preference("END", null)))
                .isInstanceOf(SeveralAnswersException.class);
        assertThatThrownBy(() -> new Preference("END", Reduction.SUM)).hasMessageContaining("would add up logits");
    }

    @Test
    void itSaysWhatItIs() {
        Preference metric = new Preference("END", Reduction.FIRST);
        assertThat(metric.label()).isEqualTo("preference at END, first answer");
        assertThat(metric.unit()).isEqualTo("share of rows");
        assertThat(metric.formula())
                .isEqualTo(
                        "share of rows with logit[END, first answer] > logit[END, first wrong answer]; a tie counts one half");
        assertThat(metric.higherIsBetter()).isTrue();
    }

    @Test
    void aPositionThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new Preference("NOWHERE", Reduction.FIRST).check(WrittenLogits.rows()))
                .hasMessageContaining("neither a position class nor a named position `NOWHERE`");
    }

    @Test
    void aColumnThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new Preference("END", null).check(WrittenLogits.rowsWithout("answer")))
                .hasMessageContaining("the dataset has no column `answer`");
    }
}
