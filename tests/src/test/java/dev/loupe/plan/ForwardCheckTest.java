package dev.loupe.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.ask.Span;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Plans that could not be run are refused when they are made. */
class ForwardCheckTest {
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
    private static final RowsRef ROWS = new RowsRef("r", "r", "r", List.of(new RowsRef.Bucket(6, 4)));
    private static final LogitsRead END = new LogitsRead(LogitsRead.Extent.ONLY_AT, "END");

    private static Forward run(int id, LogitsRead logits, RunExtent extent, Cell cell, HookPoint... captures) {
        return new Forward(id, 0, MODEL, ROWS, List.of(cell), List.of(captures), logits, extent, new BatchSize(4, 1));
    }

    private static Forward clean(HookPoint... captures) {
        return run(1, LogitsRead.NONE, RunExtent.upTo(3), Cell.CLEAN, captures);
    }

    private static Cell writes(Site site, int layer, EditValue value) {
        return new Cell(0, List.of(new Edit(HookPoint.of(site, layer), List.of(), new Positions.All(), value)));
    }

    private static ThrowingCallable plan(Forward... runs) {
        List<PlanStep> steps = new ArrayList<>(List.of(new LoadModel(0, MODEL)));
        steps.addAll(List.of(runs));
        return () -> new ExecutionPlan(steps, Map.of());
    }

    private static void refused(String said, Forward... runs) {
        assertThatThrownBy(plan(runs)).isInstanceOf(IllegalStateException.class).hasMessage(said);
    }

    private static void accepted(Forward... runs) {
        assertThatCode(plan(runs)).doesNotThrowAnyException();
    }

    @Test
    void aRunReachesWhatItKeepsAndWhatIsRead() {
        HookPoint z = HookPoint.of(Site.Z, 1);
        accepted(run(1, LogitsRead.NONE, RunExtent.upTo(2), Cell.CLEAN, z));
        refused("#1 stops before blocks.1.attn.hook_z", run(1, LogitsRead.NONE, RunExtent.upTo(1), Cell.CLEAN, z));
        refused("#1 stops early, yet logits are read", run(1, END, RunExtent.upTo(2), Cell.CLEAN));
        accepted(run(1, END, RunExtent.upTo(3), Cell.CLEAN));
    }

    @Test
    void whatIsWrittenWasKept() {
        HookPoint z = HookPoint.of(Site.Z, 1);
        Forward edited = run(2, END, RunExtent.upTo(3), writes(Site.Z, 1, new EditValue.FromRun(1)));
        accepted(clean(z), edited);
        refused("#1 does not capture [" + z + "]", clean(HookPoint.of(Site.Z, 0)), edited);
        Forward two = new Forward(
                1,
                0,
                MODEL,
                ROWS,
                List.of(Cell.CLEAN, new Cell(1, List.of())),
                List.of(z),
                LogitsRead.NONE,
                RunExtent.upTo(3),
                new BatchSize(4, 1));
        refused("#1 has no single run that cell 0 could read", two, edited);
    }

    /** From the heads of block 1 on: the residual stream before it and what its heads read are taken from a clean run. */
    @Test
    void aRunBeginsWhereNothingBeforeIsChangedOrRead() {
        HookPoint resid = HookPoint.of(Site.RESID_PRE, 1);
        HookPoint z = HookPoint.of(Site.Z, 1);
        RunExtent late = RunExtent.upTo(3).resuming(1, 1, Site.Z);
        Forward base = clean(resid, z);
        String said = "#2 cannot start at layer 1 of #1";
        accepted(base, run(2, END, late, writes(Site.Z, 1, new EditValue.Zero())));
        refused(said, clean(z), run(2, END, late, writes(Site.Z, 1, new EditValue.Zero())));
        refused(said, base, run(2, END, late, writes(Site.Q, 1, new EditValue.Zero())));
        refused(said, base, run(2, END, late, writes(Site.Z, 0, new EditValue.Zero())));
        refused(said, base, run(2, LogitsRead.NONE, late, Cell.CLEAN, HookPoint.of(Site.Q, 1)));
        refused(said, base, run(2, LogitsRead.NONE, late, Cell.CLEAN, HookPoint.of(Site.Z, 0)));
        accepted(base, run(2, LogitsRead.NONE, late, Cell.CLEAN, z));
        Forward edited = run(1, LogitsRead.NONE, RunExtent.upTo(3), writes(Site.Z, 0, new EditValue.Zero()), resid, z);
        refused(said, edited, run(2, END, late, writes(Site.Z, 1, new EditValue.Zero())));
    }

    @Test
    void positionsAreLeftOutWhereNothingNeedsThem() {
        Cell zero = writes(Site.Z, 1, new EditValue.Zero());
        Span suffix = new Span(List.of(2), List.of());
        Span last = new Span(List.of(), List.of(2));
        HookPoint[] keys = run(2, END, RunExtent.upTo(3).spanning(suffix, 1), zero)
                .needed()
                .toArray(HookPoint[]::new);
        Forward base = clean(keys);
        accepted(base, run(2, END, RunExtent.upTo(3).spanning(suffix, 1), zero));
        String said = "#2 cannot leave out positions: ";
        refused(said + suffix, base, run(2, END, RunExtent.upTo(3).spanning(suffix, -1), zero));
        refused(
                said + suffix,
                base,
                run(2, LogitsRead.EVERYWHERE, RunExtent.upTo(3).spanning(suffix, 1), zero));
        accepted(base, run(2, END, RunExtent.upTo(3).spanning(last, -1), zero));
        refused(said + last, base, run(2, END, RunExtent.upTo(3).spanning(last, -1), zero, HookPoint.of(Site.Z, 2)));
        Span two = new Span(List.of(), List.of(2, 2));
        refused(said + two, base, run(2, END, RunExtent.upTo(3).spanning(two, -1), zero));
    }

    private static Cell recorded(int index) {
        return new Cell(
                index, List.of(new Edit(HookPoint.of(Site.Z, 1), List.of(), new Positions.All(), new RecordedCell(1))));
    }

    private static Forward cells(int id, Span span, List<Cell> cells, HookPoint... captures) {
        LogitsRead logits = captures.length == 0 ? END : LogitsRead.NONE;
        RunExtent extent = RunExtent.upTo(3).spanning(span, span.equals(Span.ALL) ? -1 : 3);
        return new Forward(id, 0, MODEL, ROWS, cells, List.of(captures), logits, extent, new BatchSize(4, 1));
    }

    /** What is recorded for a cell is written in the cell of the same number, at the same positions. */
    @Test
    void aCellWritesWhatWasRecordedForIt() {
        HookPoint z = HookPoint.of(Site.Z, 1);
        Forward recording = cells(1, Span.ALL, List.of(new Cell(0, List.of()), new Cell(1, List.of())), z);
        accepted(recording, cells(2, Span.ALL, List.of(recorded(0), recorded(1))));
        accepted(recording, cells(2, Span.ALL, List.of(recorded(1))));
        refused(
                "#1 has no single run that cell 5 could read",
                recording,
                cells(2, Span.ALL, List.of(recorded(1), recorded(5))));
        Span suffix = new Span(List.of(2), List.of());
        HookPoint[] keys = cells(2, suffix, List.of(recorded(0))).needed().toArray(HookPoint[]::new);
        Forward base = run(3, LogitsRead.NONE, RunExtent.upTo(3), Cell.CLEAN, keys);
        accepted(base, cells(1, suffix, List.of(new Cell(0, List.of())), z), cells(2, suffix, List.of(recorded(0))));
        refused(
                "#1 runs other positions than #2 takes from it",
                base,
                recording,
                cells(2, suffix, List.of(recorded(0))));
    }

    /** A run that leaves out positions has nothing to give at these. */
    @Test
    void whatIsWrittenEverywhereWasRunEverywhere() {
        HookPoint z = HookPoint.of(Site.Z, 1);
        Span suffix = new Span(List.of(2), List.of());
        Forward part = cells(1, suffix, List.of(Cell.CLEAN), z);
        Forward base = run(
                3, LogitsRead.NONE, RunExtent.upTo(3), Cell.CLEAN, part.needed().toArray(HookPoint[]::new));
        refused(
                "#1 runs other positions than #2 takes from it",
                base,
                part,
                run(2, END, RunExtent.upTo(3), writes(Site.Z, 1, new EditValue.FromRun(1))));
    }

    /** An edit of the embedding is met by a run of the last positions, but not by one that begins at queries. */
    @Test
    void theEmbeddingComesBeforeEveryBlock() {
        Cell embedding = new Cell(
                0, List.of(new Edit(HookPoint.of(Site.EMBED), List.of(), new Positions.All(), new EditValue.Zero())));
        Span suffix = new Span(List.of(2), List.of());
        Forward late = run(2, END, RunExtent.upTo(3).spanning(suffix, 1), embedding);
        accepted(clean(late.needed().toArray(HookPoint[]::new)), late);
        Forward queries = run(2, END, RunExtent.upTo(3).resuming(1, 0, Site.Q), embedding);
        assertThat(queries.needed())
                .containsExactly(
                        HookPoint.of(Site.RESID_PRE, 0),
                        HookPoint.of(Site.Q, 0),
                        HookPoint.of(Site.K, 0),
                        HookPoint.of(Site.V, 0));
        refused("#2 cannot start at layer 0 of #1", clean(queries.needed().toArray(HookPoint[]::new)), queries);
    }

    @Test
    void aWholeRunMayBeReadEverywhere() {
        accepted(run(1, LogitsRead.EVERYWHERE, RunExtent.upTo(3), Cell.CLEAN));
        accepted(run(1, new LogitsRead(LogitsRead.Extent.AT, "END"), RunExtent.upTo(3), Cell.CLEAN));
    }
}
