package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EdgeCells;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.Set;

/**
 * Runs of parts of a model: on the rows of one half, with what some edges carry taken from the other half's run. Each such run
 * is a small plan with ids of its own.
 *
 * @param source rows whose outputs removed edges carry
 * @param edited rows that are run
 */
public record CircuitRuns(ModelRef model, RowsRef source, RowsRef edited, Readout reading) {
    /** The output with what is read from the runs, [cell] in the order that was asked for. */
    public static final String VALUE = "value";

    /** The output with what is read from the whole model. */
    public static final String WHOLE = "whole";

    /** The output with what is read from the other half's run. */
    public static final String OTHER = "other";

    public EdgeGraph graph() {
        return new EdgeGraph(model.shape());
    }

    /** The two runs that have all edges and none. */
    public ExecutionPlan ends() {
        PlanBuilder plan = new PlanBuilder();
        int load = plan.add(id -> new LoadModel(id, model));
        int whole = forward(plan, load, edited, List.of(Cell.CLEAN), captures(), reading.logits());
        int other = forward(plan, load, source, List.of(Cell.CLEAN), captures(), reading.logits());
        plan.output(WHOLE, plan.add(id -> new ReadRows(id, reading, List.of(whole), List.of())));
        plan.output(OTHER, plan.add(id -> new ReadRows(id, reading, List.of(other), List.of())));
        return plan.build();
    }

    /** One run for each of these sets of removed edges. */
    public ExecutionPlan without(List<Set<Integer>> removed) {
        PlanBuilder plan = new PlanBuilder();
        int load = plan.add(id -> new LoadModel(id, model));
        EdgeCells cells = EdgeCells.of(graph(), removed);
        int donor = forward(plan, load, source, List.of(Cell.CLEAN), cells.outputs(), LogitsRead.NONE);
        int run = forward(plan, load, edited, cells.from(donor), captures(), reading.logits());
        List<Axis> axes = List.of(Axis.counted("cell", removed.size()));
        plan.output(VALUE, plan.add(id -> new ReadRows(id, reading, List.of(run), axes)));
        return plan.build();
    }

    private List<HookPoint> captures() {
        return reading.captures(model.shape());
    }

    private int forward(
            PlanBuilder plan, int load, RowsRef rows, List<Cell> cells, List<HookPoint> captures, LogitsRead logits) {
        return plan.add(id -> Forward.whole(id, load, model, rows, cells, captures, logits));
    }
}
