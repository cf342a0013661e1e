package dev.loupe.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts by hand: 0 1 2 and 0 1 0, so that 0 is followed by 1 twice, 1 by 2 once and by 0 once. */
class NgramTest {
    private static final TokenRows ROWS =
            new TokenRows(new int[][] {{0, 1, 2}, {0, 1, 0}}, new int[0][], Map.of(), Map.of(), Map.of());

    private static double[] next(int order, double add, boolean backoff, int... tokens) {
        double[][] all = new Ngram(ROWS, 4, order, add, backoff).next(tokens);
        for (double[] each : all) {
            assertThat(Arrays.stream(each).sum()).isEqualTo(1, within(1e-12));
        }
        return all[tokens.length - 1];
    }

    private static void equal(double[] found, double... wanted) {
        assertThat(found).containsExactly(wanted, within(1e-12));
    }

    @Test
    void eachOrderFallsBackToTheOneBelow() {
        // Four targets: 1 twice, 2 and 0 once; add V = 1.
        double[] one = {1.25 / 5, 2.25 / 5, 1.25 / 5, 0.25 / 5};
        equal(next(1, .25, true, 3), one);
        // After 1: 2 and 0 once each.
        double[] two = {(1 + one[0]) / 3, one[1] / 3, (1 + one[2]) / 3, one[3] / 3};
        equal(next(2, .25, true, 1), two);
        // After 0 1 the same two, and after 2 1 nothing was counted.
        equal(next(3, .25, true, 0, 1), (1 + two[0]) / 3, two[1] / 3, (1 + two[2]) / 3, two[3] / 3);
        equal(next(3, .25, true, 2, 1), two);
        // The first position has one token to go by.
        equal(new Ngram(ROWS, 4, 3, .25, true).next(new int[] {1, 1})[0], two);
    }

    @Test
    void withoutBackOffEveryIdIsEquallyLikelyWhereNothingWasCounted() {
        equal(next(2, .25, false, 1), 1.25 / 3, .25 / 3, 1.25 / 3, .25 / 3);
        equal(next(2, .25, false, 3), .25, .25, .25, .25);
    }

    @Test
    void whatARowAsksForIsCountedInsteadOfTheNextToken() {
        TokenRows asked = new TokenRows(new int[][] {{0, 1}}, new int[][] {{-1, 3}}, Map.of(), Map.of(), Map.of());
        equal(new Ngram(asked, 4, 2, .25, false).next(new int[] {1})[0], .25 / 2, .25 / 2, .25 / 2, 1.25 / 2);
        equal(new Ngram(asked, 4, 2, .25, false).next(new int[] {0})[0], .25, .25, .25, .25);
    }

    @Test
    void asAModelItGivesLogarithmsAtWhatIsAskedFor() {
        TableModel model = new TableModel(new Ngram(ROWS, 4, 2, .25, true));
        try (NDManager manager = Backend.cpu()) {
            NDArray tokens = manager.create(new long[][] {{0, 1, 2}, {0, 1, 0}});
            NDArray all = model.forward(ForwardRequest.of(tokens), HookVisitor.none(), manager)
                    .logits();
            assertThat(all.getShape().getShape()).containsExactly(2, 3, 4);
            double[] after1 = next(2, .25, true, 1);
            for (int id = 0; id < 4; id++) {
                assertThat(all.getFloat(1, 1, id)).isEqualTo((float) Math.log(after1[id]), within(1e-6f));
            }
            int[][] at = {{1, 2}, {0, 1}};
            NDArray some = model.forward(
                            ForwardRequest.of(tokens).at(at).columns(new int[] {2, 0}), HookVisitor.none(), manager)
                    .logits();
            assertThat(some.getShape().getShape()).containsExactly(2, 2, 2);
            assertThat(some.getFloat(1, 1, 0)).isEqualTo((float) Math.log(after1[2]), within(1e-6f));
            assertThat(some.getFloat(0, 0, 1)).isEqualTo((float) Math.log(after1[0]), within(1e-6f));
        }
    }
}
