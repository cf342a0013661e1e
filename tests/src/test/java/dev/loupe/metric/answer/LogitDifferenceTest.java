package dev.loupe.metric.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.SeveralAnswersException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers by hand from {@link WrittenLogits#P}. */
class LogitDifferenceTest {
    private static double log(double p) {
        return Math.log(p);
    }

    @Test
    void severalAreReducedOnBothSides() {
        double[] mean =
                WrittenLogits.read(new LogitDifference("END", Reduction.MEAN)).numerator();
        assertThat(mean[0]).isEqualTo((log(.1) + log(.4) + log(.25)) / 3 - (log(.2) + log(.05)) / 2, within(1e-6));
        assertThat(mean[1]).isEqualTo(log(.5) - (log(.2) + log(.1)) / 2, within(1e-6));
        double[] max =
                WrittenLogits.read(new LogitDifference("END", Reduction.MAX)).numerator();
        assertThat(max[0]).isEqualTo(log(.4 / .2), within(1e-6));
        assertThat(max[1]).isEqualTo(log(.5 / .2), within(1e-6));
        double[] first =
                WrittenLogits.read(new LogitDifference("END", Reduction.FIRST)).numerator();
        assertThat(first[0]).isEqualTo(log(.1 / .2), within(1e-6));
        assertThat(first[1]).isEqualTo(log(.5 / .2), within(1e-6));
    }

    @Test
    void theNamedPositionIsRead() {
        double[] mid =
                WrittenLogits.read(new LogitDifference("MID", Reduction.FIRST)).numerator();
        assertThat(mid[1]).isEqualTo(log(.3 / .2), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "MEAN, .333333 -.5 .333333 -.5 .333333, -.5 1 -.5 0 0",
        "MAX, 0 -1 1 0 0, 0 1 -1 0 0",
        "FIRST, 1 -1 0 0 0, 0 1 -1 0 0"
    })
    void theGradientIsThatOfWhatIsRead(Reduction how, String first, String second) {
        float[] gradient = WrittenLogits.gradient(new LogitDifference("END", how));
        String[] wanted = (first + " " + second).split(" ");
        for (int i = 0; i < 10; i++) {
            int at = i / 5 * 15 + 10 + i % 5;
            assertThat(gradient[at]).as(how + " " + i).isEqualTo(Float.parseFloat(wanted[i]), within(1e-5f));
        }
        assertThat(gradient[0]).isZero();
    }

    @Test
    void whatIsReadMustBeSaidAndBePossible() {
        assertThatThrownBy(() -> WrittenLogits.read(new LogitDifference("END", null)))
                .isInstanceOfSatisfying(
                        SeveralAnswersException.class,
                        e -> assertThat(e.message("d", id -> "t" + id))
                                .isEqualTo(
                                        "row 0 of dataset `d` has 3 answers (`t0`, `t2`, `t4`), and it is not said what the logit"
                                                + " difference at END reads of several: write `answers: mean`, `answers: max` or"
                                                + " `answers: first` among its options"));
        assertThatThrownBy(() -> new LogitDifference("END", Reduction.SUM)).hasMessageContaining("would add up logits");
    }

    @Test
    void theFormulaSaysIt() {
        assertThat(new LogitDifference("END", null).formula())
                .isEqualTo("mean over rows of logit[END, answer] - logit[END, wrong]");
        assertThat(new LogitDifference("END", Reduction.MEAN).formula())
                .isEqualTo("mean over rows of (mean of logit[END, answers]) - (mean of logit[END, wrong answers])");
        assertThat(new LogitDifference("END", Reduction.FIRST).formula())
                .isEqualTo("mean over rows of logit[END, first answer] - logit[END, first wrong answer]");
    }

    @Test
    void itSaysWhatItIs() {
        LogitDifference metric = new LogitDifference("END", Reduction.MAX);
        assertThat(metric.label()).isEqualTo("logit difference at END, largest of answers");
        assertThat(metric.unit()).isEqualTo("logits");
        assertThat(metric.formula())
                .isEqualTo(
                        "mean over rows of (largest of logit[END, answers]) - (largest of logit[END, wrong answers])");
        assertThat(metric.higherIsBetter()).isTrue();
    }

    /** A share of a difference that is smaller than a tenth of a logit is noise. */
    @Test
    void smallDifferencesAreNotToldApart() {
        assertThat(new LogitDifference("END", null).distinct()).isEqualTo(0.1);
    }

    @Test
    void aPositionThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new LogitDifference("NOWHERE", Reduction.FIRST).check(WrittenLogits.rows()))
                .hasMessageContaining("neither a position class nor a named position `NOWHERE`");
    }

    @Test
    void aColumnThatTheRowsLackIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new LogitDifference("END", null).check(WrittenLogits.rowsWithout("wrong")))
                .hasMessageContaining("the dataset has no column `wrong`");
    }
}
