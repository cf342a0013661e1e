package dev.loupe.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When kept activations go, and that what a plan is said to hold follows them. */
class LifetimesTest {
    private static final HookPoint Z = HookPoint.of(Site.Z, 1);
    private static final ModelRef MODEL = new ModelRef(
            "m",
            "m",
            new ModelShape(
                    "transformer",
                    3,
                    8,
                    2,
                    2,
                    4,
                    32,
                    50,
                    50,
                    16,
                    false,
                    false,
                    false,
                    false,
                    false,
                    0,
                    List.of(),
                    Site.K));
    private static final RowsRef ROWS =
            new RowsRef("rows", "rows", "pairs", List.of(new RowsRef.Bucket(6, 4, List.of(), Map.of())));

    private static Forward run(int id, List<HookPoint> captures, EditValue... cells) {
        List<Cell> all = new java.util.ArrayList<>();
        for (int c = 0; c < cells.length; c++) {
            all.add(new Cell(c, List.of(new Edit(Z, List.of(c), new Positions.All(), cells[c]))));
        }
        return new Forward(
                id,
                0,
                MODEL,
                ROWS,
                all.isEmpty() ? List.of(Cell.CLEAN) : all,
                captures,
                LogitsRead.NONE,
                RunExtent.upTo(3),
                new BatchSize(4, 1));
    }

    private static final Forward CLEAN = run(1, List.of(Z));
    private static final Forward OTHER = run(2, List.of(Z));
    private static final Forward WRITES_OTHER = run(3, List.of(), new EditValue.FromRun(2));
    private static final Forward RECORDING = run(4, List.of(Z), new EditValue.FromRun(1), new EditValue.FromRun(1));
    private static final Forward FROM_RECORDED = run(5, List.of(), new RecordedCell(4), new RecordedCell(4));
    private static final Forward UNREAD = run(6, List.of(Z));

    private static final List<Forward> ALL = List.of(CLEAN, OTHER, WRITES_OTHER, RECORDING, FROM_RECORDED, UNREAD);

    @Test
    void aRunIsKeptUntilItsLastReaderIsOver() {
        Lifetimes lifetimes = Lifetimes.of(ALL);
        assertThat(lifetimes.keeps(OTHER)).isTrue();
        assertThat(lifetimes.last(OTHER)).isEqualTo(3);
        assertThat(lifetimes.over(WRITES_OTHER)).containsExactly(2);
        assertThat(lifetimes.keeps(UNREAD)).isFalse();
    }

    /** A recording is made anew beside each batch of cells that writes from it: what it reads must still be there. */
    @Test
    void whatARecordingReadsIsKeptForThoseWhoReadTheRecording() {
        Lifetimes lifetimes = Lifetimes.of(ALL);
        assertThat(lifetimes.keeps(RECORDING)).isFalse();
        assertThat(lifetimes.last(CLEAN)).isEqualTo(5);
        assertThat(lifetimes.over(RECORDING)).isEmpty();
        assertThat(lifetimes.over(FROM_RECORDED)).contains(1);
    }

    @Test
    void twoRunsThatAreNeverNeededTogetherAreCountedOnce() {
        Forward late = run(4, List.of(Z));
        Forward writesLate = run(5, List.of(), new EditValue.FromRun(4));
        long one = Memory.peak(plan(OTHER, WRITES_OTHER));
        assertThat(Memory.peak(plan(OTHER, WRITES_OTHER, late, writesLate))).isEqualTo(one);
        Forward writesBoth = run(5, List.of(), new EditValue.FromRun(4), new EditValue.FromRun(2));
        assertThat(Memory.peak(plan(OTHER, WRITES_OTHER, late, writesBoth))).isGreaterThan(one);
    }

    private static ExecutionPlan plan(Forward... runs) {
        List<PlanStep> steps = new java.util.ArrayList<>(List.of(new LoadModel(0, MODEL)));
        steps.addAll(List.of(runs));
        return new ExecutionPlan(steps, Map.of());
    }
}
