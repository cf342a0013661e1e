package dev.loupe.metric.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.TokenSet;
import org.junit.jupiter.api.Test;

/** Numbers by hand from {@link WrittenLogits#P}. */
class SetErrorTest {
    private static double[] errors(TokenSet set, String at) {
        return WrittenLogits.read(new SetError(new AnswerAt(at, set))).numerator();
    }

    @Test
    void countsWhatIsMissingAndWhatIsTooMany() {
        // Row 0: answers 0, 2, 4, the three likeliest are 2, 4, 1: one is missing, one is too many. Row 1: 1 is the
        // likeliest.
        assertThat(errors(TokenSet.ANSWER, "END")).containsExactly(2, 0);
        // Row 0: wrong answers 1, 3, the likeliest are 2, 4. Row 1: wrong answers 2, 0, the likeliest are 1, 2.
        assertThat(errors(TokenSet.WRONG, "END")).containsExactly(4, 2);
    }

    @Test
    void ofEquallyLikelyTokensTheLowerIdComesFirst() {
        // In the middle of row 0 the tokens 0 and 1 share the second place.
        assertThat(errors(new TokenSet.Ids(java.util.List.of(0, 2)), "MID")[0]).isZero();
        assertThat(errors(new TokenSet.Ids(java.util.List.of(1, 2)), "MID")[0]).isEqualTo(2);
    }

    @Test
    void itSaysWhatItIs() {
        SetError metric = new SetError(AnswerAt.of("END"));
        assertThat(metric.label()).isEqualTo("set error of the answer at END");
        assertThat(metric.unit()).isEqualTo("tokens");
        assertThat(metric.formula()).contains("N most probable at END").contains("the set of the answer");
        assertThat(metric.higherIsBetter()).isFalse();
    }

    @Test
    void aColumnThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new SetError(AnswerAt.of("END")).check(WrittenLogits.rowsWithout("answer")))
                .hasMessageContaining("the dataset has no column `answer`");
    }
}
