package dev.loupe.optimize;

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
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans of a model of three layers that are written step by step, as a spec would ask for them. */
final class WrittenPlans {
    static final ModelShape SHAPE = new ModelShape(
            "transformer", 3, 8, 2, 2, 4, 32, 50, 50, 16, false, false, false, false, false, 0, List.of(), Site.K);
    static final ModelRef MODEL = new ModelRef("m", "m", SHAPE);
    static final RowsRef ROWS = new RowsRef("rows", "rows", "rows", List.of(new RowsRef.Bucket(6, 4)));
    static final LogitsRead AT_END = new LogitsRead(LogitsRead.Extent.AT, "END");

    private WrittenPlans() {}

    /** Reads these activations and logits. */
    record Reading(List<HookPoint> points, LogitsRead logits) implements Readout {
        @Override
        public List<HookPoint> captures(ModelShape shape) {
            return points;
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return List.of();
        }

        @Override
        public String label() {
            return "reading";
        }
    }

    static Forward run(int id, List<Cell> cells, List<HookPoint> captures, LogitsRead logits) {
        return new Forward(id, 0, MODEL, ROWS, cells, captures, logits, RunExtent.upTo(3), new BatchSize(4, 1));
    }

    static Forward clean(int id, LogitsRead logits, HookPoint... captures) {
        return run(id, List.of(Cell.CLEAN), List.of(captures), logits);
    }

    /** One that writes zeros, or the values of another run. */
    static Cell writes(int index, HookPoint point, EditValue value) {
        return new Cell(index, List.of(new Edit(point, List.of(0), new Positions.All(), value)));
    }

    static ReadRows read(int id, int forward, LogitsRead logits, HookPoint... points) {
        return new ReadRows(id, new Reading(List.of(points), logits), List.of(forward), List.of());
    }

    static ExecutionPlan plan(Map<String, Integer> outputs, PlanStep... steps) {
        List<PlanStep> all = new ArrayList<>(List.of(new LoadModel(0, MODEL)));
        all.addAll(List.of(steps));
        return new ExecutionPlan(all, outputs);
    }
}
