package dev.loupe.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.Site;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.edit.Cell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What steps say of themselves. */
class PlanStepTest {
    private static final ModelShape SHAPE = new ModelShape(
            "transformer", 3, 8, 2, 2, 4, 32, 50, 50, 16, false, false, false, false, false, 0, List.of(), Site.K);
    private static final ModelRef MODEL = new ModelRef("m", "m", SHAPE);
    private static final RowsRef ROWS = new RowsRef("rows", "rows", "pairs", List.of(new RowsRef.Bucket(6, 4)));

    private static final ExecutionPlan ONE_RUN = new ExecutionPlan(List.of(new LoadModel(0, MODEL), run(1)), Map.of());

    private static Forward run(int id) {
        return new Forward(
                id,
                0,
                MODEL,
                ROWS,
                List.of(Cell.CLEAN),
                List.of(),
                LogitsRead.NONE,
                RunExtent.upTo(3),
                new BatchSize(4, 1));
    }

    /** Two cells, either of which takes one run. */
    private record TwoCells() implements Recheck.RealRuns {
        @Override
        public List<Integer> cells() {
            return List.of(0, 1);
        }

        @Override
        public ExecutionPlan only(List<Integer> chosen) {
            return ONE_RUN;
        }
    }

    /**
     * One block on one row of 6 tokens: three times queries, keys and values 3 * 4 * (2 + 2 * 2), four times the MLP 4 * 32,
     * ten times the residual stream 10 * 8, each for 6 tokens, and three times two patterns of 6 x 6; 4 rows of 4 bytes.
     */
    @Test
    void aRecheckHoldsWhatItsRunsHold() {
        long block = 6 * (72 + 128 + 80) + 3 * 2 * 36;
        assertThat(run(1).bytes()).isEqualTo(4 * 4 * block).isEqualTo(30336);
        assertThat(new Recheck(2, 1, new TwoCells(), 1).bytes()).isEqualTo(30336);
        assertThat(new Recheck(2, 1, new TwoCells(), 0).bytes()).isZero();
    }

    @Test
    void aRunNeedsTheModelThatItNames() {
        ModelRef other = new ModelRef("other", "other", SHAPE);
        assertThatThrownBy(() -> new ExecutionPlan(List.of(new LoadModel(0, other), run(1)), Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("#1 runs m, which #0 is not");
    }
}
