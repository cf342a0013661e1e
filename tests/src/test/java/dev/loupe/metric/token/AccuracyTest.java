package dev.loupe.metric.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.reading.SeveralAnswersException;
import org.junit.jupiter.api.Test;

/** Numbers by hand from {@link WrittenLogits#P}. */
class AccuracyTest {
    private static RowValues read(String at, Accuracy.Of of, Reduction how) {
        return WrittenLogits.read(new Accuracy(at, of, how));
    }

    @Test
    void tokensOrWholeRowsAreCounted() {
        RowValues tokens = read("text", Accuracy.Of.TOKENS, null);
        assertThat(tokens.numerator()).containsExactly(2, 1);
        assertThat(tokens.denominator()).containsExactly(2, 2);
        RowValues rows = read("text", Accuracy.Of.ROWS, null);
        assertThat(rows.numerator()).containsExactly(1, 0);
        assertThat(rows.denominator()).containsExactly(1, 1);
    }

    @Test
    void byALabelThereIsOneShareForEachOfItsValues() {
        Accuracy each = new Accuracy("text", Accuracy.Of.TOKENS, "deep", null);
        RowValues values = WrittenLogits.read(each);
        // [row][0, 1, 2]: row 0 is right at depth 0 and 2; row 1 has one right and one wrong at depth 0.
        assertThat(values.numerator()).containsExactly(1, 0, 1, 1, 0, 0);
        assertThat(values.denominator()).containsExactly(1, 0, 1, 2, 0, 0);
        assertThatThrownBy(() -> new Accuracy("text", Accuracy.Of.ROWS, "deep", null))
                .hasMessageContaining("leave out `of: rows`");
    }

    @Test
    void anyOfSeveralAnswersOrOnlyTheFirst() {
        // The likeliest token of row 0 is 2, its second answer.
        assertThat(read("answer", Accuracy.Of.TOKENS, Reduction.MAX).numerator())
                .containsExactly(1, 1);
        assertThat(read("answer", Accuracy.Of.TOKENS, Reduction.FIRST).numerator())
                .containsExactly(0, 1);
    }

    @Test
    void whatIsReadMustBeSaidAndBePossible() {
        assertThatThrownBy(() -> read("answer", Accuracy.Of.TOKENS, null))
                .isInstanceOfSatisfying(
                        SeveralAnswersException.class,
                        e -> assertThat(e.message("d", Integer::toString))
                                .contains("write `answers: max` or `answers: first`"));
        assertThatThrownBy(() -> new Accuracy("answer", Accuracy.Of.TOKENS, Reduction.MEAN))
                .hasMessageContaining("at most one of several answers can be");
        assertThatThrownBy(() -> new Accuracy("answer", Accuracy.Of.TOKENS, Reduction.SUM))
                .hasMessageContaining("write `answers: max` or `answers: first`");
    }

    /** Class `lone` is the first position of row 0 alone: .5 of token 1, which is its target. */
    @Test
    void aRowWithoutAPredictionIsNotCounted() {
        RowValues rows = read("lone", Accuracy.Of.ROWS, null);
        assertThat(rows.numerator()).containsExactly(1, 0);
        assertThat(rows.denominator()).containsExactly(1, 0);
        RowValues tokens = read("lone", Accuracy.Of.TOKENS, null);
        assertThat(tokens.numerator()).containsExactly(1, 0);
        assertThat(tokens.denominator()).containsExactly(1, 0);
    }

    @Test
    void itSaysWhatItIs() {
        Accuracy tokens = new Accuracy("text", Accuracy.Of.TOKENS, null);
        assertThat(tokens.label()).isEqualTo("accuracy at text");
        assertThat(tokens.unit()).isEqualTo("share of predictions");
        assertThat(tokens.formula())
                .isEqualTo(
                        "share of predictions whose most probable token equals the target, positions of class `text`");
        assertThat(tokens.higherIsBetter()).isTrue();
        Accuracy any = new Accuracy("answer", Accuracy.Of.ROWS, Reduction.MAX);
        assertThat(any.unit()).isEqualTo("share of rows");
        assertThat(any.formula())
                .isEqualTo("share of rows whose every prediction is any of the answers, positions of class `answer`");
        assertThat(new Accuracy("answer", Accuracy.Of.ROWS, Reduction.FIRST).formula())
                .isEqualTo("share of rows whose every prediction is the first answer, positions of class `answer`");
    }

    @Test
    void aPositionThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(
                        () -> new Accuracy("NOWHERE", Accuracy.Of.TOKENS, Reduction.FIRST).check(WrittenLogits.rows()))
                .hasMessageContaining("neither a position class nor a named position `NOWHERE`");
    }
}
