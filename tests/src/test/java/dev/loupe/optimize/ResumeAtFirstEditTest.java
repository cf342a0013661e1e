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
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the cells of a sweep over three layers begin. */
class ResumeAtFirstEditTest {
    /** One cell for each point, all read at the end. */
    private static ExecutionPlan sweep(List<PlanStep> before, HookPoint... points) {
        List<Cell> cells = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (HookPoint point : points) {
            labels.add(point.name());
            cells.add(WrittenPlans.writes(cells.size(), point, new EditValue.Zero()));
        }
        List<PlanStep> steps = new ArrayList<>(before);
        steps.add(WrittenPlans.run(5, cells, List.of(), WrittenPlans.AT_END));
        steps.add(new ReadRows(
                6,
                new WrittenPlans.Reading(List.of(), WrittenPlans.AT_END),
                List.of(5),
                List.of(new Axis("cell", labels))));
        return WrittenPlans.plan(Map.of("effect", 6), steps.toArray(PlanStep[]::new));
    }

    private static List<Forward> edited(ExecutionPlan plan) {
        return plan.steps().stream()
                .filter(s -> s instanceof Forward f && !f.clean())
                .map(Forward.class::cast)
                .toList();
    }

    private static HookPoint[] everyLayer(Site site) {
        return new HookPoint[] {HookPoint.of(site, 0), HookPoint.of(site, 1), HookPoint.of(site, 2)};
    }

    /** Nine blocks were run; now cells run the rest of block 0 and 2, of block 1 and 1, and of block 2, and one clean run three. */
    @Test
    void cellsBeginAtTheirHeads() {
        Rule.Rewrite rewrite = new ResumeAtFirstEdit()
                .apply(sweep(List.of(), everyLayer(Site.Z)))
                .orElseThrow();
        assertThat(rewrite.did()).isEqualTo("3 blocks are not run again but taken from the clean run");
        ExecutionPlan plan = rewrite.plan();
        assertThat(plan.steps()).extracting(PlanStep::id).containsExactly(0, 1, 2, 3, 4, 5);
        Forward base = plan.forward(1);
        assertThat(base.clean()).isTrue();
        assertThat(base.stopLayer()).isEqualTo(3);
        assertThat(base.logits()).isEqualTo(LogitsRead.NONE);
        assertThat(base.captures())
                .containsExactly(
                        HookPoint.of(Site.RESID_PRE, 0),
                        HookPoint.of(Site.Z, 0),
                        HookPoint.of(Site.RESID_PRE, 1),
                        HookPoint.of(Site.Z, 1),
                        HookPoint.of(Site.RESID_PRE, 2),
                        HookPoint.of(Site.Z, 2));
        assertThat(edited(plan)).extracting(Forward::startLayer).containsExactly(0, 1, 2);
        assertThat(edited(plan)).allMatch(f -> f.entry() == Site.Z && f.resumeFrom() == 1 && f.stopLayer() == 3);
        assertThat(((ReadRows) plan.step(5)).forwards()).containsExactly(2, 3, 4);
        assertThat(plan.outputs()).isEqualTo(Map.of("effect", 5));
        assertThat(new ResumeAtFirstEdit().apply(plan)).isEmpty();
    }

    /** From the residual stream before a block the first cell has nothing to leave out. */
    @Test
    void whatChangesTheFirstBlockFromItsBeginningRunsAsItDid() {
        Forward clean = WrittenPlans.clean(1, WrittenPlans.AT_END);
        ExecutionPlan plan = new ResumeAtFirstEdit()
                .apply(sweep(List.of(clean), everyLayer(Site.RESID_PRE)))
                .orElseThrow()
                .plan();
        assertThat(edited(plan)).extracting(Forward::startLayer).containsExactly(0, 1, 2);
        assertThat(edited(plan)).extracting(Forward::resumeFrom).containsExactly(-1, 1, 1);
        assertThat(plan.forward(1).logits()).isEqualTo(WrittenPlans.AT_END);
        assertThat(plan.steps()).as("the clean run was there").hasSize(6);
    }

    @Test
    void anMlpIsChangedAfterTheHeads() {
        ExecutionPlan plan = new ResumeAtFirstEdit()
                .apply(sweep(List.of(), everyLayer(Site.MLP_POST)))
                .orElseThrow()
                .plan();
        assertThat(edited(plan)).allMatch(f -> f.entry() == Site.RESID_MID);
    }

    /** A clean run of three blocks for two that one cell need not run again is no gain; nor is a cell that leaves nothing out. */
    @Test
    void nothingIsSplitThatCostsMore() {
        assertThat(new ResumeAtFirstEdit().apply(sweep(List.of(), HookPoint.of(Site.Z, 2))))
                .isEmpty();
        assertThat(new ResumeAtFirstEdit().apply(sweep(List.of(), HookPoint.of(Site.RESID_PRE, 0))))
                .isEmpty();
        Forward clean = WrittenPlans.clean(1, WrittenPlans.AT_END);
        assertThat(new ResumeAtFirstEdit().apply(sweep(List.of(clean), HookPoint.of(Site.Z, 2))))
                .isPresent();
    }

    /** Another run writes what this one captures, so that it must stay whole. */
    @Test
    void aSweepThatAnotherRunReadsStaysWhole() {
        HookPoint z = HookPoint.of(Site.Z, 2);
        Forward edited = WrittenPlans.run(
                2, List.of(WrittenPlans.writes(0, z, new EditValue.Zero())), List.of(z), WrittenPlans.AT_END);
        Forward reads = WrittenPlans.run(
                3, List.of(WrittenPlans.writes(0, z, new EditValue.FromRun(2))), List.of(), WrittenPlans.AT_END);
        ExecutionPlan plan = WrittenPlans.plan(
                Map.of("a", 4),
                WrittenPlans.clean(1, WrittenPlans.AT_END),
                edited,
                reads,
                WrittenPlans.read(4, 3, WrittenPlans.AT_END));
        ExecutionPlan split = new ResumeAtFirstEdit().apply(plan).orElseThrow().plan();
        assertThat(split.forward(2)).isEqualTo(edited);
        assertThat(split.forward(3).startLayer()).isEqualTo(2);
    }
}
