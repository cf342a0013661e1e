package dev.loupe.analysis.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.WrittenPatterns;
import dev.loupe.metric.reading.RowValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers by hand from {@link WrittenPatterns#A}. */
class HeadScoresTest {
    private static RowValues read(String at, List<HeadScores.Excluded> exclude, HeadScoreKind... kinds) {
        return WrittenPatterns.read(new HeadScores(List.of(kinds), at, exclude));
    }

    /** Numbers of one row: [score, layer, head]. */
    private static double value(RowValues values, int scores, int row, int score, int layer, int head) {
        int at = ((row * scores + score) * 2 + layer) * 2 + head;
        return values.numerator()[at] / values.denominator()[at];
    }

    @Test
    void aMeanIsOverTheQueriesThatCount() {
        RowValues values = read("everywhere", List.of(), HeadScoreKind.PREV, HeadScoreKind.CUR, HeadScoreKind.DUP);
        // PREV counts query 2 alone.
        assertThat(value(values, 3, 0, 0, 0, 0)).isEqualTo(.3, within(1e-6));
        assertThat(value(values, 3, 1, 0, 1, 1)).isEqualTo(.8, within(1e-6));
        // CUR counts queries 1 and 2.
        assertThat(value(values, 3, 0, 1, 0, 0)).isEqualTo((.75 + .2) / 2, within(1e-6));
        assertThat(value(values, 3, 0, 1, 1, 1)).isEqualTo((.5 + .4) / 2, within(1e-6));
        // DUP: in row 1 query 1 repeats token 2 of position 0; in row 0 nothing is repeated.
        assertThat(value(values, 3, 1, 2, 0, 1)).isEqualTo(1, within(1e-6));
        assertThat(value(values, 3, 1, 2, 1, 1)).isEqualTo(.2, within(1e-6));
        assertThat(value(values, 3, 0, 2, 0, 0)).isNaN();
    }

    /** All three queries count: of head 0 in layer 0 of row 0 the attention to the previous token is 0, .25 and .3. */
    @Test
    void theScoresOfTransformerLensAreARowsOwn() {
        RowValues values = read("everywhere", List.of(), HeadScoreKind.MUL_PREV, HeadScoreKind.ABS_PREV);
        assertThat(value(values, 2, 0, 0, 0, 0)).isEqualTo(.55 / 3, within(1e-6));
        // |A - target| of the queries: 1, then .75 + .75, then .7 + .5 + .2.
        assertThat(value(values, 2, 0, 1, 0, 0)).isEqualTo(1 - (1 + 1.5 + 1.4) / 3, within(1e-6));
        assertThat(values.denominator()).containsOnly(1);
    }

    /** Without the first key there is left: query 1 its own .75, query 2 .3 + .2. The target of query 1 is the first key. */
    @Test
    void excludedKeysAreLeftOutAltogether() {
        RowValues values = read(
                "everywhere",
                List.of(HeadScores.Excluded.BOS),
                HeadScoreKind.MUL_PREV,
                HeadScoreKind.ABS_PREV,
                HeadScoreKind.CUR);
        assertThat(value(values, 3, 0, 0, 0, 0)).isEqualTo(.3 / (.75 + .5), within(1e-6));
        assertThat(value(values, 3, 0, 1, 0, 0)).isEqualTo(1 - (0 + .75 + .7 + .2) / 3, within(1e-6));
        assertThat(value(values, 3, 0, 2, 0, 0)).isEqualTo((.75 + .2) / 2, within(1e-6));
        RowValues current = read("everywhere", List.of(HeadScores.Excluded.CURRENT_TOKEN), HeadScoreKind.MUL_PREV);
        // Left are query 1's .25 and query 2's .5 + .3.
        assertThat(value(current, 1, 0, 0, 0, 0)).isEqualTo((.25 + .3) / (.25 + .8), within(1e-6));
    }

    @Test
    void onlyTheNamedQueriesCount() {
        RowValues values = read("MID", List.of(), HeadScoreKind.CUR, HeadScoreKind.PREV);
        assertThat(value(values, 2, 0, 0, 0, 0)).isEqualTo(.75, within(1e-6));
        assertThat(value(values, 2, 0, 1, 0, 0))
                .as("query 1 is too early for PREV")
                .isNaN();
    }

    @Test
    void aNameThatTheRowsLackIsRefusedBeforeARun() {
        HeadScores nowhere = new HeadScores(List.of(HeadScoreKind.IND), "NOWHERE", List.of());
        assertThatThrownBy(() -> nowhere.check(WrittenPatterns.rows())).hasMessageContaining("`NOWHERE`");
        TokenRows none = new TokenRows(new int[0][], new int[0][], Map.of(), Map.of(), Map.of());
        assertThatCode(() -> nowhere.check(none)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new HeadScores(List.of(), "everywhere", List.of()))
                .hasMessageContaining("at least one score");
        assertThat(nowhere.searches()).isTrue();
    }
}
