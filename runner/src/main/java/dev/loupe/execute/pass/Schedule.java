package dev.loupe.execute.pass;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.PlanStep.Turn;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * In which order the steps of a plan are run, and which together: told from the plan alone, so that every machine groups them
 * alike, whatever it finds finished.
 */
public final class Schedule {
    private Schedule() {}

    /**
     * Steps that are run together: a pass over aligned rows with one model, or one step, or steps that take no time.
     *
     * @param needs the steps whose values must be known before
     */
    public record Group(List<PlanStep> steps, Set<Integer> needs) {
        /** Whether it is a pass over rows. */
        public boolean pass() {
            return steps.get(0).turn() == Turn.ROWS;
        }

        /** Whether its values follow at once from others. */
        public boolean derived() {
            return steps.get(0).turn() == Turn.DERIVED;
        }
    }

    /** The steps of a plan that have a value. */
    public static List<PlanStep> valued(ExecutionPlan plan) {
        List<PlanStep> valued = new ArrayList<>(plan.steps());
        valued.removeIf(step -> step.turn() == Turn.WITH_OTHERS);
        return valued;
    }

    /** All groups, each after those whose values it needs. */
    public static List<Group> of(ExecutionPlan plan) {
        List<Group> groups = new ArrayList<>();
        List<PlanStep> open = valued(plan);
        Set<Integer> valued = new HashSet<>();
        open.forEach(step -> valued.add(step.id()));
        Set<Integer> done = new HashSet<>();
        while (!open.isEmpty()) {
            List<PlanStep> next = next(plan, open, done);
            open.removeAll(next);
            Set<Integer> needs = new LinkedHashSet<>();
            next.forEach(step -> needs.addAll(needs(plan, step, valued)));
            groups.add(new Group(next, needs));
            next.forEach(step -> done.add(step.id()));
        }
        return groups;
    }

    private static List<Integer> needs(ExecutionPlan plan, PlanStep step, Set<Integer> valued) {
        return step instanceof RowReader reader
                ? summaries(plan, reader)
                : step.inputs().stream().filter(valued::contains).toList();
    }

    /** What is run next: all that follows at once, else the first step that runs alone, else the next pass. */
    private static List<PlanStep> next(ExecutionPlan plan, List<PlanStep> open, Set<Integer> done) {
        Set<Integer> waiting = new HashSet<>();
        open.forEach(step -> waiting.add(step.id()));
        List<PlanStep> ready = open.stream()
                .filter(step -> step.inputs().stream().noneMatch(waiting::contains))
                .toList();
        List<PlanStep> derived =
                ready.stream().filter(step -> step.turn() == Turn.DERIVED).toList();
        if (!derived.isEmpty()) {
            return derived;
        }
        List<PlanStep> alone = ready.stream()
                .filter(step -> step.turn() == Turn.ALONE)
                .limit(1)
                .toList();
        return alone.isEmpty() ? nextPass(plan, open, done) : alone;
    }

    /**
     * Every open step that can be read beside the first one that can: same model, aligned rows, all inputs known. A step
     * that needs weights alone comes by itself.
     */
    private static List<PlanStep> nextPass(ExecutionPlan plan, List<PlanStep> open, Set<Integer> done) {
        List<PlanStep> pass = new ArrayList<>();
        for (PlanStep step : open) {
            if (pass.isEmpty() && step.turn() == Turn.WEIGHTS) {
                return List.of(step);
            }
            if (step instanceof RowReader reader && done.containsAll(summaries(plan, reader))) {
                Forward run = first(plan, reader);
                Forward with = pass.isEmpty() ? run : first(plan, (RowReader) pass.get(0));
                if (run.model().equals(with.model())
                        && run.rows().alignment().equals(with.rows().alignment())) {
                    pass.add(step);
                }
            }
        }
        if (pass.isEmpty()) {
            throw new IllegalStateException("no step can run: " + open);
        }
        return pass;
    }

    /** The steps whose values the runs write that a step reads, and those whose values it needs itself. */
    private static List<Integer> summaries(ExecutionPlan plan, RowReader step) {
        Stream<Integer> written = closure(plan, step).stream()
                .flatMap(f -> f.cells().stream())
                .flatMap(c -> c.edits().stream())
                .flatMap(e -> e.summaries().stream());
        return Stream.concat(written, step.reading().summaries().stream())
                .distinct()
                .toList();
    }

    /** The first run that a step reads. */
    public static Forward first(ExecutionPlan plan, RowReader step) {
        return plan.forward(step.forwards().get(0));
    }

    /** Rows of a batch of a pass, whatever a killed run left of it: other batches would give other last bits. */
    public static int rowsPerBatch(ExecutionPlan plan, List<PlanStep> pass) {
        return pass.stream()
                .flatMap(step -> closure(plan, (RowReader) step).stream())
                .mapToInt(Forward::rowsPerBatch)
                .min()
                .orElse(1);
    }

    /** The forward passes that a step needs row by row, those first whose values others use. */
    public static Set<Forward> closure(ExecutionPlan plan, RowReader step) {
        Set<Forward> all = new LinkedHashSet<>();
        Set<Integer> seen = new HashSet<>();
        step.forwards().forEach(id -> visit(plan, id, all, seen));
        return all;
    }

    private static void visit(ExecutionPlan plan, int id, Set<Forward> all, Set<Integer> seen) {
        if (!seen.add(id)) {
            return;
        }
        Forward forward = plan.forward(id);
        if (forward.resumeFrom() >= 0) {
            visit(plan, forward.resumeFrom(), all, seen);
        }
        for (Cell cell : forward.cells()) {
            for (Edit edit : cell.edits()) {
                if (edit.value().run() >= 0) {
                    visit(plan, edit.value().run(), all, seen);
                }
            }
        }
        all.add(forward);
    }
}
