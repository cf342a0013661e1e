package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where the rules about positions apply, where they decline, and what they say it costs. */
class ChangedPositionsOnlyTest {
    private static final LogitsRead LAST = new LogitsRead(LogitsRead.Extent.ONLY_AT, "END");

    private record Last() implements Readout {
        @Override
        public List<HookPoint> captures(ModelShape shape) {
            return List.of();
        }

        @Override
        public LogitsRead logits() {
            return LAST;
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return List.of();
        }

        @Override
        public String label() {
            return "last";
        }
    }

    private static ModelShape shape(@Nullable Site keys) {
        return new ModelShape(
                "transformer", 3, 8, 2, 2, 4, 32, 50, 50, 16, false, false, false, false, false, 0, List.of(), keys);
    }

    private static RowsRef rows(String name, List<Long> prefixes) {
        return new RowsRef(
                name,
                name,
                "pairs",
                List.of(new RowsRef.Bucket(6, 4, prefixes, Map.of("END", new RowsRef.Places(5, 1)))));
    }

    /** One edit of block 1 in rows whose first three tokens are those of the rows that it is taken from. */
    private static ExecutionPlan plan(@Nullable Site keys, Positions positions, LogitsRead logits) {
        ModelRef model = new ModelRef("m", "m", shape(keys));
        RowsRef clean = rows("clean", List.of(1L, 2L, 3L, 4L, 5L, 6L));
        RowsRef corrupted = rows("corrupted", List.of(1L, 2L, 3L, 14L, 15L, 16L));
        HookPoint z = HookPoint.of(Site.Z, 1);
        Edit edit = new Edit(z, List.of(0), positions, new EditValue.FromRun(1));
        List<PlanStep> steps = List.of(
                new LoadModel(0, model),
                new Forward(
                        1,
                        0,
                        model,
                        clean,
                        List.of(Cell.CLEAN),
                        List.of(z),
                        LogitsRead.NONE,
                        RunExtent.upTo(3),
                        new BatchSize(4, 1)),
                new Forward(
                        2,
                        0,
                        model,
                        corrupted,
                        List.of(new Cell(0, List.of(edit))),
                        List.of(),
                        logits,
                        RunExtent.upTo(3),
                        new BatchSize(4, 1)),
                new Forward(
                        4,
                        0,
                        model,
                        corrupted,
                        List.of(Cell.CLEAN),
                        List.of(),
                        logits,
                        RunExtent.upTo(3),
                        new BatchSize(4, 1)),
                new ReadRows(5, new Last(), List.of(2), List.of()),
                new ReadRows(6, new Last(), List.of(4), List.of()));
        return new ExecutionPlan(steps, Map.of("edited", 5, "unedited", 6));
    }

    private static int from(Rule.Rewrite rewrite) {
        return rewrite.plan().steps().stream()
                .filter(s -> s instanceof Forward f && !f.clean())
                .mapToInt(s -> ((Forward) s).span().from(0))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatTheRowsShareIsNotRunAgain() {
        Rule.Rewrite rewrite = new ChangedPositionsOnly()
                .apply(plan(Site.K, new Positions.All(), LAST))
                .orElseThrow();
        assertThat(from(rewrite)).isEqualTo(3);
        // Three positions of four rows in one cell.
        assertThat(rewrite.did()).isEqualTo("12 tokens of edited rows are as in the clean run and not run again");
        Forward base = (Forward) rewrite.plan().steps().stream()
                .filter(s ->
                        s instanceof Forward f && f.clean() && f.rows().name().equals("corrupted"))
                .findFirst()
                .orElseThrow();
        assertThat(base.captures()).contains(HookPoint.of(Site.K, 0), HookPoint.of(Site.V, 0), HookPoint.of(Site.K, 2));
    }

    @Test
    void anEditWhereTheRowsAreStillEqualChangesNothing() {
        Rule.Rewrite rewrite = new ChangedPositionsOnly()
                .apply(plan(Site.K, new Positions.At(1), LAST))
                .orElseThrow();
        assertThat(from(rewrite)).as("only what is read is run").isEqualTo(5);
    }

    /** Block 0 sends to the queries of block 2 at the last position, the head between held. */
    private static ExecutionPlan paths() {
        ModelRef model = new ModelRef("m", "m", shape(Site.K));
        RowsRef clean = rows("clean", List.of(1L, 2L, 3L, 4L, 5L, 6L));
        RowsRef corrupted = rows("corrupted", List.of(1L, 2L, 3L, 14L, 15L, 16L));
        HookPoint sent = HookPoint.of(Site.Z, 0);
        HookPoint held = HookPoint.of(Site.Z, 1);
        HookPoint received = HookPoint.of(Site.Q, 2);
        Edit send = new Edit(sent, List.of(0), new Positions.Of("END"), new EditValue.FromRun(1));
        Edit hold = new Edit(held, List.of(), new Positions.All(), new EditValue.FromRun(2));
        Edit receive = new Edit(received, List.of(1), new Positions.All(), new RecordedCell(3));
        List<Cell> none = List.of(Cell.CLEAN);
        List<PlanStep> steps = List.of(
                new LoadModel(0, model),
                new Forward(
                        1,
                        0,
                        model,
                        corrupted,
                        none,
                        List.of(sent),
                        LogitsRead.NONE,
                        RunExtent.upTo(3),
                        new BatchSize(4, 1)),
                new Forward(
                        2,
                        0,
                        model,
                        clean,
                        none,
                        List.of(held),
                        LogitsRead.NONE,
                        RunExtent.upTo(3),
                        new BatchSize(4, 1)),
                new Forward(
                        3,
                        0,
                        model,
                        clean,
                        List.of(new Cell(0, List.of(send, hold))),
                        List.of(received),
                        LogitsRead.NONE,
                        RunExtent.upTo(3),
                        new BatchSize(4, 1)),
                new Forward(
                        4,
                        0,
                        model,
                        clean,
                        List.of(new Cell(0, List.of(receive))),
                        List.of(),
                        LAST,
                        RunExtent.upTo(3),
                        new BatchSize(4, 1)),
                new ReadRows(5, new Last(), List.of(4), List.of()));
        return new ExecutionPlan(steps, Map.of("edited", 5));
    }

    @Test
    void aRunThatRecordsAndTheOneThatWritesItLeaveOutTheSame() {
        Rule.Rewrite rewrite = new ChangedPositionsOnly().apply(paths()).orElseThrow();
        ExecutionPlan plan = rewrite.plan();
        // Five positions of four rows, in either run.
        assertThat(rewrite.did()).startsWith("40 tokens of edited rows");
        assertThat(plan.steps().stream().filter(s -> s instanceof Forward f && !f.clean()))
                .hasSize(2)
                .allMatch(s -> ((Forward) s).span().from().equals(List.of(5)));
    }

    @Test
    void eachOfThemStartsWhereItIsEdited() {
        ExecutionPlan plan =
                new ResumeAtFirstEdit().apply(paths()).orElseThrow().plan();
        List<Forward> runs = plan.steps().stream()
                .filter(s -> s instanceof Forward f && !f.clean())
                .map(Forward.class::cast)
                .toList();
        assertThat(runs).extracting(Forward::startLayer).containsExactly(0, 2);
        assertThat(runs).extracting(Forward::entry).containsExactly(Site.Z, Site.Q);
    }

    @Test
    void declinesWhereLaterPositionsAreSeenOrEveryLogitIsRead() {
        assertThat(new ChangedPositionsOnly().apply(plan(null, new Positions.All(), LAST)))
                .isEmpty();
        assertThat(new ChangedPositionsOnly().apply(plan(Site.K, new Positions.All(), LogitsRead.EVERYWHERE)))
                .isEmpty();
    }

    @Test
    void lastRowsNeedNoCausalAttention() {
        Rule.Rewrite rewrite =
                new LastRowsOnly().apply(plan(null, new Positions.All(), LAST)).orElseThrow();
        assertThat(((Forward) rewrite.plan().step(2)).span().last()).containsExactly(1);
        assertThat(rewrite.plan().flops())
                .isLessThan(plan(null, new Positions.All(), LAST).flops());
    }

    @Test
    void aClassCostsAsManyPositionsAsItsWidestRow() {
        ModelRef model = new ModelRef("m", "m", shape(Site.K));
        RowsRef rows = new RowsRef(
                "r",
                "r",
                "r",
                List.of(new RowsRef.Bucket(
                        6, 4, List.of(), Map.of("late", new RowsRef.Places(2, 4), "END", new RowsRef.Places(5, 1)))));
        long one = cost(model, rows, "END");
        assertThat(cost(model, rows, "late") - one).isEqualTo(3 * 4 * 2L * 8 * 50);
        assertThat(cost(model, rows, "unknown") - one)
                .as("what is not known costs all positions")
                .isEqualTo(5 * 4 * 2L * 8 * 50);
    }

    private static long cost(ModelRef model, RowsRef rows, String at) {
        LogitsRead logits = new LogitsRead(LogitsRead.Extent.ONLY_AT, at);
        return new Forward(
                        1,
                        0,
                        model,
                        rows,
                        List.of(Cell.CLEAN),
                        List.of(),
                        logits,
                        RunExtent.upTo(3),
                        new BatchSize(4, 1))
                .flops();
    }
}
