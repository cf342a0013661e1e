package dev.loupe.analysis.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.WrittenPatterns;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers by hand from {@link WrittenPatterns#A}. */
class TargetScoresTest {
    private static final ModelShape SHAPE =
            new ModelShape("transformer", 2, 4, 2, 2, 2, 0, 3, 3, 8, true, false, false, 0, List.of());

    /** Row 0 points from 1 to 0 and from 2 to 1; row 1 from 2 to 0. */
    private static TokenRows rows() {
        TokenRows plain = WrittenPatterns.rows();
        return new TokenRows(
                plain.tokens(),
                plain.targets(),
                plain.classes(),
                plain.positions(),
                plain.columns(),
                Map.of(),
                Map.of(
                        "back", Label.pointer(new int[][] {{-1, 0, 1}, {-1, -1, 0}}),
                        "kind", Label.ordinal(new int[][] {{0, 0, 1}, {0, 1, 1}})),
                new int[0]);
    }

    private static NamedArray scores(TargetChoice target, String at) {
        TargetReading reading = new TargetReading(target, at, 3);
        RowValues values = WrittenPatterns.with(rows(), true, reading::read);
        RowsRef ref = new RowsRef("rows", "", "", List.of(new RowsRef.Bucket(3, 2)));
        RowTable perRow = new RowTable(reading.axesPerRow(SHAPE, ref), 2, values.numerator(), values.denominator());
        RowTable whole = reading.whole(perRow);
        assertThat(whole.axes()).isEqualTo(reading.axes(SHAPE));
        return whole.estimate();
    }

    private static double of(NamedArray scores, String score, int layer, int head) {
        int part = scores.axis("score").labels().indexOf(score);
        return scores.data()[(part * 2 + layer) * 2 + head];
    }

    @Test
    void theAttentionToTargetsIsAMeanOverTheQueriesThatHaveOne() {
        NamedArray scores = scores(new TargetChoice.Pointer("back"), "everywhere");
        // Layer 0 head 0: .25 and .3 in row 0, 0 in row 1; head 1: .9, .1 and 1.
        assertThat(of(scores, "TARGET", 0, 0)).isEqualTo(.55 / 3, within(1e-6));
        assertThat(of(scores, "TARGET", 0, 1)).isEqualTo(2.0 / 3, within(1e-6));
        // Layer 1 head 1: .5, .3 and .1.
        assertThat(of(scores, "TARGET", 1, 1)).isEqualTo(.9 / 3, within(1e-6));
    }

    @Test
    void besideItStandsTheBestFixedOffsetOnTheSameQueries() {
        NamedArray scores = scores(new TargetChoice.Pointer("back"), "everywhere");
        // Layer 0 head 0: to itself .75, .2 and 1; one back .25, .3 and 0; two back .5 once and 0 twice.
        assertThat(of(scores, "FIXED", 0, 0)).isEqualTo(1.95 / 3, within(1e-6));
        // Head 1: itself .1 and .3, one back .9 and .1, two back .6 and 1.
        assertThat(of(scores, "FIXED", 0, 1)).isEqualTo(1.6 / 3, within(1e-6));
        // Layer 1 head 0: itself .6 .1 0, one back .4 .2 1, two back .7.
        assertThat(of(scores, "FIXED", 1, 0)).isEqualTo(1.6 / 3, within(1e-6));
    }

    @Test
    void targetsMayBeAClass() {
        // Of the queries 1 and 2 of each row, the keys of class late up to the query: row 0 has 1 and 1..2, row 1 has 2
        // alone.
        NamedArray scores = scores(new TargetChoice.InClass("late"), "everywhere");
        assertThat(of(scores, "TARGET", 0, 0)).isEqualTo((.75 + .5 + 1) / 3, within(1e-6));
        assertThat(of(scores(new TargetChoice.InClass("late"), "END"), "TARGET", 0, 0))
                .isEqualTo((.5 + 1) / 2, within(1e-6));
    }

    @Test
    void whereNoQueryHasATargetNothingIsSaid() {
        NamedArray scores = scores(new TargetChoice.InClass("END"), "MID");
        assertThat(scores.data()).containsOnly(Double.NaN);
    }

    @Test
    void aNameThatTheRowsLackIsRefusedBeforeARun() {
        TokenRows rows = rows();
        assertThatThrownBy(() -> new TargetReading(new TargetChoice.Pointer("source"), "END", 3).check(rows))
                .hasMessageContaining("no label `source`; it has");
        assertThatThrownBy(() -> new TargetReading(new TargetChoice.Pointer("kind"), "END", 3).check(rows))
                .hasMessageContaining("does not point to positions");
        assertThatThrownBy(() -> new TargetReading(new TargetChoice.InClass("list"), "END", 3).check(rows))
                .hasMessageContaining("`list`");
        assertThatThrownBy(() -> new TargetReading(new TargetChoice.Pointer("back"), "NOWHERE", 3).check(rows))
                .hasMessageContaining("`NOWHERE`");
    }
}
