package dev.loupe.metric.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.answer.AnswerAt;
import dev.loupe.metric.answer.AnswerProbability;
import dev.loupe.metric.answer.AnswersAt;
import dev.loupe.metric.answer.LogProbability;
import dev.loupe.metric.answer.LogitDifference;
import dev.loupe.metric.answer.Preference;
import dev.loupe.metric.answer.ProbabilityDifference;
import dev.loupe.metric.reading.TokenSet.AnyOf;
import dev.loupe.metric.reading.TokenSet.Column;
import dev.loupe.metric.reading.TokenSet.Ids;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of tokens that a spec names, by hand from {@link WrittenLogits#P}: at END .1 .2 .4 .05 .25 and .1 .5 .2 .1 .1. */
class TokenSetTest {
    private static final TokenSet TWO_FOUR = new Ids(List.of(2, 4));

    @ParameterizedTest
    @CsvSource(
            value = {"null, .65, .3", "SUM, .65, .3", "MEAN, .325, .15", "MAX, .4, .2", "FIRST, .4, .2"},
            nullValues = "null")
    void aProbabilityIsThatOfTheSet(Reduction how, double first, double second) {
        RowValues read = WrittenLogits.read(new AnswerProbability(new AnswerAt("END", TWO_FOUR), how));
        assertThat(read.numerator()[0]).isEqualTo(first, within(1e-6));
        assertThat(read.numerator()[1]).isEqualTo(second, within(1e-6));
    }

    @Test
    void aLogProbabilityIsTheLogOfTheSum() {
        RowValues read = WrittenLogits.read(new LogProbability(new AnswerAt("END", TWO_FOUR), null));
        assertThat(read.numerator()[0]).isEqualTo(Math.log(.65), within(1e-6));
        assertThat(read.numerator()[1]).isEqualTo(Math.log(.3), within(1e-6));
    }

    @Test
    void twoSetsAreComparedInLogitsAndInProbabilities() {
        AnswersAt sets = new AnswersAt("END", TWO_FOUR, new Ids(List.of(0, 1)));
        double mean = (Math.log(.4) + Math.log(.25) - Math.log(.1) - Math.log(.2)) / 2;
        assertThat(WrittenLogits.read(new LogitDifference(sets, Reduction.MEAN)).numerator()[0])
                .isEqualTo(mean, within(1e-5));
        assertThat(WrittenLogits.read(new LogitDifference(sets, Reduction.MAX)).numerator()[1])
                .isEqualTo(Math.log(.2) - Math.log(.5), within(1e-5));
        assertThat(WrittenLogits.read(new Preference(sets, Reduction.MAX)).numerator())
                .containsExactly(1, 0);
        RowValues sums = WrittenLogits.read(new ProbabilityDifference(sets, null));
        assertThat(sums.numerator()[0]).isEqualTo(.65 - .3, within(1e-6));
        assertThat(sums.numerator()[1]).isEqualTo(.3 - .6, within(1e-6));
    }

    /** Row 0 has wrong answers 1 and 3, row 1 has 2 and 0. */
    @Test
    void aColumnAndWordsStandSideBySide() {
        AnswersAt sets = new AnswersAt("END", new Ids(List.of(4)), TokenSet.WRONG);
        RowValues sums = WrittenLogits.read(new ProbabilityDifference(sets, null));
        assertThat(sums.numerator()[0]).isEqualTo(.25 - .25, within(1e-6));
        assertThat(sums.numerator()[1]).isEqualTo(.1 - .3, within(1e-6));
        RowValues wrong = WrittenLogits.read(new AnswerProbability(new AnswerAt("END", TokenSet.WRONG), null));
        assertThat(wrong.numerator()[0]).isEqualTo(.25, within(1e-6));
    }

    @Test
    void theGradientOfALogitDifferenceIsSharedByTheSet() {
        float[] gradient = WrittenLogits.gradient(
                new LogitDifference(new AnswersAt("END", TWO_FOUR, new Ids(List.of(1))), Reduction.MEAN));
        assertThat(new float[] {gradient[10], gradient[11], gradient[12], gradient[13], gradient[14]})
                .containsExactly(new float[] {0, -1, .5f, 0, .5f}, within(1e-6f));
    }

    @Test
    void whatIsReadOfSeveralMustBeSaidAndATokenCountsOnce() {
        AnswersAt sets = new AnswersAt("END", TWO_FOUR, new Ids(List.of(1)));
        assertThatThrownBy(() -> new LogitDifference(sets, null))
                .hasMessageContaining("the spec names 2 tokens (token 2 or 4)")
                .hasMessageContaining("`answers: mean`");
        assertThatThrownBy(() -> new Ids(List.of(1, 1))).hasMessageContaining("each once");
        assertThatThrownBy(() -> new AnyOf(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new AnswersAt("END", TWO_FOUR, new Ids(List.of(2, 4))))
                .hasMessageContaining("the same tokens");
        assertThatThrownBy(() -> WrittenLogits.read(
                        new ProbabilityDifference(new AnswersAt("END", TWO_FOUR, TokenSet.WRONG), null)))
                .hasMessageContaining("token 2 is an answer and a wrong answer of row 1");
        assertThatThrownBy(
                        () -> WrittenLogits.read(new AnswerProbability(new AnswerAt("END", new Column(" he")), null)))
                .hasMessageContaining("for a word write `{any-of: [\" he\"]}`");
    }

    @Test
    void itIsSaidWhatIsRead() {
        TokenSet words = new AnyOf(List.of(" he", " she"));
        AnswerProbability probability = new AnswerProbability(new AnswerAt("END", words), null);
        assertThat(probability.label()).isEqualTo("probability of \" he\" or \" she\" at END");
        assertThat(probability.formula()).isEqualTo("mean over rows of (sum of p[END, \" he\" or \" she\"])");
        LogitDifference difference = new LogitDifference(new AnswersAt("END", words, TokenSet.WRONG), Reduction.FIRST);
        assertThat(difference.label())
                .isEqualTo("logit difference of \" he\" or \" she\" against the wrong answer at END, first answer");
        assertThat(difference.formula())
                .isEqualTo("mean over rows of logit[END, \" he\"] - logit[END, first wrong answer]");
    }
}
