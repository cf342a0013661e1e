package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Modulo 3, pairs in the order (0,0), (0,1), (0,2), (1,0), ... */
class PairAnswersTest {
    private static final int[] SUMS = {0, 1, 2, 1, 2, 0, 2, 0, 1};
    private static final int[] DIFFERENCES = {0, 2, 1, 1, 0, 2, 2, 1, 0};

    @Test
    void sumsAndDifferencesAreTold() {
        assertThat(PairAnswers.sign(SUMS, 3)).isEqualTo(1);
        assertThat(PairAnswers.sign(DIFFERENCES, 3)).isEqualTo(-1);
        assertThat(PairAnswers.sign(new int[] {-1, -1, -1, -1, -1, 0, -1, -1, -1}, 3))
                .as("1 + 2 alone, which 1 - 2 is not")
                .isEqualTo(1);
        assertThat(PairAnswers.sign(new int[] {-1, 2, -1, -1, -1, -1, -1, -1, -1}, 3))
                .as("0 - 1 alone, which 0 + 1 is not")
                .isEqualTo(-1);
        assertThat(PairAnswers.sign(new int[] {0, -1, -1, -1, -1, -1, -1, -1, -1}, 3))
                .as("0 + 0 is 0 - 0: the first that fits")
                .isEqualTo(1);
    }

    @Test
    void otherResultsAreRefused() {
        int[] wrong = SUMS.clone();
        wrong[8] = 0;
        for (int[] right : new int[][] {wrong, {-1, -1, -1, -1, -1, -1, -1, -1, -1}, {1, 1, 1, 1, 1, 1, 1, 1, 1}}) {
            assertThatThrownBy(() -> PairAnswers.sign(right, 3))
                    .hasMessageContaining("neither a + b nor a - b modulo 3");
        }
    }

    /** Only pairs with a result count: of logits log 1, log 2, log 5 the shares of results 0 and 2 are 1/8 and 5/8. */
    @Test
    void theLossIsThatOfTheResultsThatAreKnown() {
        float[] logits = new float[27];
        for (int i = 0; i < 27; i++) {
            logits[i] = (float) Math.log(new double[] {1, 2, 5}[i % 3]) + 100 + i / 3;
        }
        int[] right = {-1, -1, 2, -1, 0, -1, -1, -1, -1};
        assertThat(new PairAnswers(3, 1, logits, right).loss(logits))
                .isEqualTo((Math.log(8 / 5.0) + Math.log(8)) / 2, within(1e-5));
    }
}
