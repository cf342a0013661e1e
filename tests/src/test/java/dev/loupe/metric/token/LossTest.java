package dev.loupe.metric.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.ColumnGroups;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.reading.SeveralAnswersException;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers by hand from {@link WrittenLogits#P}. */
class LossTest {
    private static RowValues read(String at, Reduction how) {
        return WrittenLogits.read(new Loss(at, how));
    }

    @Test
    void itIsTheNegativeLogProbabilityOfTheTarget() {
        RowValues text = read("text", null);
        assertThat(text.denominator()).containsExactly(2, 2);
        assertThat(text.numerator()[0]).isEqualTo(-Math.log(.5 * .7), within(1e-6));
        assertThat(text.numerator()[1]).isEqualTo(-Math.log(.5 * .3), within(1e-6));
        RowValues first = read("first", null);
        assertThat(first.numerator()[0]).isEqualTo(Math.log(2), within(1e-6));
        assertThat(first.denominator()).containsExactly(1, 1);
    }

    @ParameterizedTest
    @CsvSource({"SUM, .75", "MAX, .4", "FIRST, .1", "MEAN, .2154434690"})
    void severalAnswersAreReadAsIsSaid(Reduction how, double probability) {
        // The last is the geometric mean of .1, .4 and .25: the mean of the losses.
        for (String at : new String[] {"answer", "END"}) {
            RowValues loss = read(at, how);
            assertThat(loss.numerator()[0]).isEqualTo(-Math.log(probability), within(1e-6));
            assertThat(loss.numerator()[1]).isEqualTo(Math.log(2), within(1e-6));
        }
        // Positions of the text have one target each, whatever is said of answers.
        assertThat(read("text", how).numerator()[0]).isEqualTo(-Math.log(.5 * .7), within(1e-6));
        assertThat(read("everywhere", how).numerator()[0]).isEqualTo(-Math.log(.5 * .7 * probability), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        // Probabilities .1, .2, .4, .05, .25 less what each reading gives the answers 0, 2 and 4.
        "SUM, -.033333 .2 -.133333 .05 -.083333",
        "MEAN, -.233333 .2 .066667 .05 -.083333",
        "MAX, .1 .2 -.6 .05 .25",
        "FIRST, -.9 .2 .4 .05 .25"
    })
    void theGradientIsThatOfWhatIsRead(Reduction how, String row) {
        float[] gradient = WrittenLogits.gradient(new Loss("answer", how));
        String[] wanted = row.split(" ");
        for (int i = 0; i < 5; i++) {
            assertThat(gradient[10 + i]).as(how + " " + i).isEqualTo(Float.parseFloat(wanted[i]), within(1e-5f));
        }
    }

    @Test
    void byALabelThereIsOneLossForEachOfItsValues() {
        Loss loss = new Loss("everywhere", "kind", Reduction.FIRST);
        RowValues values = WrittenLogits.read(loss);
        // [row][a, b, c]; positions without a value and the one that is left out count nowhere.
        assertThat(values.denominator()).containsExactly(1, 1, 0, 0, 2, 0);
        double[] wanted = {-Math.log(.5), -Math.log(.7), 0, 0, -Math.log(.5 * .5), 0};
        for (int i = 0; i < wanted.length; i++) {
            assertThat(values.numerator()[i]).as("value " + i).isEqualTo(wanted[i], within(1e-6));
        }
        assertThat(loss.axes(null, WrittenLogits.ref())).isEqualTo(List.of(new Axis("label", List.of("a", "b", "c"))));
        assertThat(loss.label()).isEqualTo("loss at everywhere by kind, first answer");
        assertThat(loss.formula()).endsWith("for each value of label `kind`");
        // Only the positions of the class count.
        assertThat(WrittenLogits.read(new Loss("text", "deep", null)).denominator())
                .containsExactly(1, 0, 1, 2, 0, 0);
    }

    @Test
    void aLabelThatIsMissingOrCannotSplitIsRefused() {
        Loss tone = new Loss("text", "tone", null);
        assertThatThrownBy(() -> tone.axes(null, WrittenLogits.ref()))
                .hasMessage("the dataset `written` has no label `tone`; it has deep, kind, source");
        assertThatThrownBy(() -> WrittenLogits.read(tone)).hasMessageStartingWith("the dataset has no label `tone`");
        assertThatThrownBy(() -> new Loss("text", "source", null).axes(null, WrittenLogits.ref()))
                .hasMessageContaining("label `source` of dataset `written` has no values to tell apart");
    }

    @Test
    void aClassCanBeOneValueOfALabel() {
        RowValues values = read("kind.b", Reduction.FIRST);
        assertThat(values.denominator()).containsExactly(1, 2);
        assertThat(values.numerator()[0]).isEqualTo(-Math.log(.7), within(1e-6));
        assertThatThrownBy(() -> read("kind.d", null))
                .hasMessageContaining("neither a position class nor a named position `kind.d`; it has ")
                .hasMessageContaining("kind.a, kind.b, kind.c");
    }

    @Test
    void aSmallSetDoesNotVanish() {
        try (ai.djl.ndarray.NDManager manager = dev.loupe.backend.Backend.cpu()) {
            ai.djl.ndarray.NDArray logs =
                    manager.create(new float[] {-200, -200, 0}).reshape(1, 3);
            ColumnGroups pair = new ColumnGroups(new int[][] {{0, 1}});
            assertThat(pair.ofLogs(logs, Reduction.SUM).getFloat())
                    .isEqualTo((float) (Math.log(2) - 200), within(1e-4f));
        }
    }

    @Test
    void whatIsReadMustBeSaidOnlyWhereThereAreSeveral() {
        for (String at : new String[] {"answer", "END", "everywhere"}) {
            assertThatThrownBy(() -> read(at, null))
                    .isInstanceOfSatisfying(
                            SeveralAnswersException.class,
                            e -> assertThat(e.message("d", Integer::toString))
                                    .contains("row 0 of dataset `d` has 3 answers (`0`, `2`, `4`)")
                                    .contains("the loss at " + at + " reads of several")
                                    .contains("`answers: sum`, `answers: mean`, `answers: max` or `answers: first`"));
        }
        assertThat(read("text", null).denominator()).containsExactly(2, 2);
    }

    @Test
    void itSaysWhatItIs() {
        Loss loss = new Loss("text", null);
        assertThat(loss.label()).isEqualTo("loss at text");
        assertThat(loss.unit()).isEqualTo("nats");
        assertThat(loss.higherIsBetter()).isFalse();
        assertThat(loss.formula()).isEqualTo("mean of -log p(target) over positions of class `text`");
    }

    @ParameterizedTest
    @CsvSource({
        "SUM, -log (sum of p(answers))",
        "MEAN, (mean of -log p(answers))",
        "MAX, -log p(most probable answer)",
        "FIRST, -log p(first answer)"
    })
    void theFormulaSaysWhatIsReadOfSeveral(Reduction how, String wanted) {
        assertThat(new Loss("answer", how).formula())
                .isEqualTo("mean of " + wanted + " over positions of class `answer`");
    }

    /** A named position is asked for a token, which the last of a row of plain text is not. */
    @Test
    void aPositionWithoutATargetIsRefusedBeforeARun() {
        TokenRows text = new TokenRows(
                new int[][] {{0, 1, 2}, {2, 2, 1}},
                new int[0][],
                Map.of(),
                Map.of("END", new int[] {1, 2}, "MID", new int[] {1, 1}),
                Map.of());
        new Loss("MID", null).check(text);
        new Loss("everywhere", null).check(text);
        assertThatThrownBy(() -> new Loss("END", null).check(text))
                .hasMessageContaining("there is no target at `END` of row 1 (position 2)");
        assertThatThrownBy(() -> new Loss("NOWHERE", null).check(text)).hasMessageContaining("`NOWHERE`");
    }
}
