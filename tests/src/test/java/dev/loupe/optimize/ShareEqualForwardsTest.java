package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EditValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareEqualForwardsTest {
    private static final HookPoint FIRST = HookPoint.of(Site.Z, 0);
    private static final HookPoint SECOND = HookPoint.of(Site.Z, 1);

    /** The second run stops earlier, in smaller batches, and the two are read alike at one point and not at another. */
    @Test
    void equalRunsAreOneThatDoesWhatBothDid() {
        Forward one = WrittenPlans.clean(1, LogitsRead.NONE, FIRST).inBatchesOfRows(3);
        Forward other =
                WrittenPlans.clean(2, WrittenPlans.AT_END, SECOND, FIRST).inBatchesOfRows(2);
        Forward shorter = one.with(one.captures(), one.logits(), 1);
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 3, "b", 4, "c", 5),
                shorter,
                other,
                WrittenPlans.read(3, 1, LogitsRead.NONE, FIRST),
                WrittenPlans.read(4, 2, WrittenPlans.AT_END, SECOND),
                WrittenPlans.read(5, 2, LogitsRead.NONE, FIRST));
        Rule.Rewrite rewrite = new ShareEqualForwards().apply(plan).orElseThrow();
        assertThat(rewrite.plan().steps()).extracting(PlanStep::id).containsExactly(0, 1, 3, 4);
        Forward both = rewrite.plan().forward(1);
        assertThat(both.captures()).containsExactly(FIRST, SECOND);
        assertThat(both.logits()).isEqualTo(WrittenPlans.AT_END);
        assertThat(both.stopLayer()).isEqualTo(3);
        assertThat(both.rowsPerBatch()).isEqualTo(2);
        assertThat(((ReadRows) rewrite.plan().step(4)).forwards()).containsExactly(1);
        // Once the runs are one, equal readings of them are one too.
        assertThat(rewrite.plan().outputs()).isEqualTo(Map.of("a", 3, "b", 4, "c", 3));
        assertThat(rewrite.did()).isEqualTo("1 forward pass shares the run of an equal one");
        assertThat(new ShareEqualForwards().apply(rewrite.plan())).isEmpty();
    }

    @Test
    void otherEditsAreAnotherRun() {
        EditValue zero = new EditValue.Zero();
        List<HookPoint> none = List.of();
        Forward clean = WrittenPlans.run(1, List.of(Cell.CLEAN), none, WrittenPlans.AT_END);
        Forward edited = WrittenPlans.run(2, List.of(WrittenPlans.writes(0, FIRST, zero)), none, WrittenPlans.AT_END);
        Forward elsewhere =
                WrittenPlans.run(3, List.of(WrittenPlans.writes(0, SECOND, zero)), none, WrittenPlans.AT_END);
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 4, "b", 5, "c", 6),
                clean,
                edited,
                elsewhere,
                WrittenPlans.read(4, 1, WrittenPlans.AT_END),
                WrittenPlans.read(5, 2, WrittenPlans.AT_END),
                WrittenPlans.read(6, 3, WrittenPlans.AT_END));
        assertThat(new ShareEqualForwards().apply(plan)).isEmpty();
    }

    /** What is written comes from another run by its number: where these are one, what writes them is one as well. */
    @Test
    void runsThatWriteFromEqualRunsAreEqual() {
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 5, "b", 6),
                WrittenPlans.clean(1, LogitsRead.NONE, FIRST),
                WrittenPlans.clean(2, LogitsRead.NONE, FIRST),
                WrittenPlans.run(
                        3,
                        List.of(WrittenPlans.writes(0, FIRST, new EditValue.FromRun(1))),
                        List.of(),
                        WrittenPlans.AT_END),
                WrittenPlans.run(
                        4,
                        List.of(WrittenPlans.writes(0, FIRST, new EditValue.FromRun(2))),
                        List.of(),
                        WrittenPlans.AT_END),
                WrittenPlans.read(5, 3, WrittenPlans.AT_END),
                WrittenPlans.read(6, 4, WrittenPlans.AT_END));
        Rule.Rewrite rewrite = new ShareEqualForwards().apply(plan).orElseThrow();
        assertThat(rewrite.plan().steps()).extracting(PlanStep::id).containsExactly(0, 1, 3, 5);
        assertThat(rewrite.plan().outputs()).isEqualTo(Map.of("a", 5, "b", 5));
        assertThat(rewrite.did()).isEqualTo("2 forward passes share the run of an equal one");
    }
}
