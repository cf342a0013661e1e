package dev.loupe.analysis.circuits;

import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Recheck.RealRuns;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Patches single edges for real: what one component reads is changed by what one earlier component writes in the other run,
 * normalisation computed anew; everything else that the later one reads stays the run's own, and what follows is free. That is
 * path patching with everything between held, recorded in a first run and written in a second.
 *
 * @param source rows whose output is written
 * @param edited rows whose run is edited
 */
record EdgeRuns(ModelRef model, RowsRef source, RowsRef edited, MetricBundle reading) implements RealRuns {
    @Override
    public List<Integer> cells() {
        return new EdgeGraph(model.shape()).edges();
    }

    @Override
    public ExecutionPlan only(List<Integer> chosen) {
        EdgeGraph graph = new EdgeGraph(model.shape());
        List<EdgeGraph.Start> starts = graph.starts();
        List<EdgeGraph.End> ends = graph.ends();
        PlanBuilder plan = new PlanBuilder();
        int load = plan.add(id -> new LoadModel(id, model));
        int base = forward(plan, load, edited, List.of(Cell.CLEAN), held(), reading.logits());
        List<HookPoint> sent =
                starts.stream().map(EdgeGraph.Start::point).distinct().toList();
        int donor = forward(plan, load, source, List.of(Cell.CLEAN), sent, LogitsRead.NONE);
        List<Cell> recording = new ArrayList<>();
        List<Cell> direct = new ArrayList<>();
        Set<HookPoint> recorded = new LinkedHashSet<>();
        for (int i = 0; i < chosen.size(); i++) {
            EdgeGraph.Start start = starts.get(chosen.get(i) / ends.size());
            EdgeGraph.End end = ends.get(chosen.get(i) % ends.size());
            Cell cell = new Cell(i, sending(start, end, base, donor));
            if (end.layer() == model.shape().layers()) {
                direct.add(cell);
            } else {
                recording.add(cell);
                recorded.add(HookPoint.of(end.site(), end.layer()));
            }
        }
        List<Integer> runs = new ArrayList<>();
        if (!recording.isEmpty()) {
            int first = forward(plan, load, edited, recording, List.copyOf(recorded), LogitsRead.NONE);
            List<Cell> received = new ArrayList<>();
            for (Cell cell : recording) {
                EdgeGraph.End end = ends.get(chosen.get(cell.index()) % ends.size());
                List<Integer> head = end.head() < 0 ? List.of() : List.of(end.head());
                HookPoint point = HookPoint.of(end.site(), end.layer());
                received.add(new Cell(
                        cell.index(), List.of(new Edit(point, head, new Positions.All(), new RecordedCell(first)))));
            }
            runs.add(forward(plan, load, edited, received, List.of(), reading.logits()));
        }
        if (!direct.isEmpty()) {
            runs.add(forward(plan, load, edited, direct, List.of(), reading.logits()));
        }
        List<Axis> axes = List.of(Axis.counted("cell", chosen.size()));
        plan.output(VALUE, plan.add(id -> new ReadRows(id, reading, runs, axes)));
        plan.output(ZERO, plan.add(id -> new ReadRows(id, reading, List.of(base), List.of())));
        return plan.build();
    }

    private int forward(
            PlanBuilder plan, int load, RowsRef rows, List<Cell> cells, List<HookPoint> captures, LogitsRead logits) {
        return plan.add(id -> Forward.whole(id, load, model, rows, cells, captures, logits));
    }

    /** What heads and MLPs write. */
    private List<HookPoint> held() {
        List<HookPoint> points = new ArrayList<>();
        for (int layer = 0; layer < model.shape().layers(); layer++) {
            points.add(HookPoint.of(Site.Z, layer));
            if (!model.shape().attentionOnly()) {
                points.add(HookPoint.of(Site.MLP_OUT, layer));
            }
        }
        return points;
    }

    /** The start's output of the other run, and everything between held. */
    private List<Edit> sending(EdgeGraph.Start start, EdgeGraph.End end, int base, int donor) {
        List<Edit> edits = new ArrayList<>();
        List<Integer> head = start.head() < 0 ? List.of() : List.of(start.head());
        edits.add(new Edit(start.point(), head, new Positions.All(), new EditValue.FromRun(donor)));
        for (HookPoint point : held()) {
            boolean after = point.layer() > start.layer()
                    || (point.layer() == start.layer() && start.head() >= 0 && point.site() == Site.MLP_OUT);
            boolean before = point.layer() < end.layer()
                    || (point.layer() == end.layer() && end.site() == Site.MLP_IN && point.site() == Site.Z);
            if (after && before) {
                edits.add(new Edit(point, List.of(), new Positions.All(), new EditValue.FromRun(base)));
            }
        }
        return edits;
    }
}
