package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.reading.StepValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers by hand from {@link WrittenLogits#P}. */
class TextLossTest {
    private static List<StepValue.Text.Row> part(int rows) {
        return WrittenLogits.with(batch -> new TextLoss(rows).part(batch, new int[0]));
    }

    /** Row 0 is 0 1 2: token 1 had probability .5 after 0, token 2 had .7 after 1. Row 1 is 2 2 1: .5, then .3. */
    @Test
    void everyTokenBearsWhatItCostAfterThoseBeforeIt() {
        List<StepValue.Text.Row> rows = part(2);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).tokens()).containsExactly(0, 1, 2);
        assertThat(rows.get(0).value()[0]).as("nothing predicts the first").isNaN();
        assertThat(rows.get(0).value()[1]).isEqualTo(Math.log(2), within(1e-6));
        assertThat(rows.get(0).value()[2]).isEqualTo(-Math.log(.7), within(1e-6));
        assertThat(rows.get(1).value()[1]).isEqualTo(Math.log(2), within(1e-6));
        assertThat(rows.get(1).value()[2]).isEqualTo(-Math.log(.3), within(1e-6));
    }

    /** After position 1 of row 1 the tokens have .4, .3, .2, .05 and .05; after the last position nothing is asked. */
    @Test
    void theLikeliestNextTokensStandBesideIt() {
        StepValue.Text.Row row = part(2).get(1);
        assertThat(row.guesses().get(1)).hasSize(5);
        assertThat(row.guesses().get(1).stream().limit(3).map(StepValue.Text.Guess::id))
                .containsExactly(0, 1, 2);
        assertThat(row.guesses().get(1).get(0).probability()).isEqualTo(.4, within(1e-6));
        assertThat(row.guesses().get(2)).isEmpty();
        // Before it .2, .2, .5, .05 and .05: of equals the first id comes first.
        assertThat(part(2).get(1).guesses().get(0).stream().map(StepValue.Text.Guess::id))
                .containsExactly(2, 0, 1, 3, 4);
    }

    @Test
    void theFirstRowsAreKeptAndThenNoMoreIsRead() {
        TextLoss three = new TextLoss(3);
        List<StepValue.Text.Row> two = part(2);
        List<StepValue.Text.Row> merged = three.merge(two, two);
        assertThat(merged).containsExactly(two.get(0), two.get(1), two.get(0));
        assertThat(((StepValue.Text) three.finish(merged)).rows())
                .extracting(StepValue.Text.Row::label)
                .containsExactly("Row 1", "Row 2", "Row 3");
        assertThat(three.enough(two)).isFalse();
        assertThat(three.enough(merged)).isTrue();
        assertThat(part(1)).hasSize(1);
        assertThat(three.numbers()).isFalse();
        assertThat(new TextLoss(16).rows()).isEqualTo(16);
        assertThatThrownBy(() -> new TextLoss(0)).hasMessage("show 1 to 16 rows, not 0");
    }
}
