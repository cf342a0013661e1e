package dev.loupe.optimize;

import dev.loupe.plan.Cell;
import dev.loupe.plan.Edit;
import dev.loupe.plan.EditValue;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Positions;
import dev.loupe.plan.RowsRef;
import dev.loupe.plan.WithinDirection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Under causal attention an edit at a position leaves what is before it as it was: only the positions from the first edit on
 * are run, with keys and values of the earlier ones from the clean run. Activations of another run on rows that begin with the
 * same tokens change nothing before the first token that differs. A sweep is split by where its cells change first.
 */
public final class ChangedPositionsOnly implements Rule {
    @Override
    public String name() {
        return "causal suffix";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        ExecutionPlan current = plan;
        long saved = 0;
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward sweep && splits(plan, sweep)) {
                Map<List<Integer>, List<Cell>> groups = groups(plan, sweep);
                ExecutionPlan split = split(current, sweep, groups);
                if (split.flops() < current.flops()) {
                    saved += saved(sweep, groups);
                    current = split;
                }
            }
        }
        return current == plan
                ? Optional.empty()
                : Optional.of(new Rewrite(
                        Ordered.of(current),
                        saved + " tokens of edited rows are as in the clean run and not run again"));
    }

    private static boolean splits(ExecutionPlan plan, Forward sweep) {
        return CleanRun.splits(plan, sweep)
                && sweep.model().shape().keys() != null
                && sweep.span().from().isEmpty()
                && sweep.captures().isEmpty()
                && sweep.logits().answersOnly()
                && !sweep.seesAfterBlocks()
                && sweep.cells().stream().flatMap(c -> c.edits().stream()).allMatch(e -> CleanRun.local(e.value()))
                && groups(plan, sweep).keySet().stream()
                        .anyMatch(from -> from.stream().anyMatch(p -> p > 0));
    }

    /** Cells by the first position that each bucket's rows are run from. */
    private static Map<List<Integer>, List<Cell>> groups(ExecutionPlan plan, Forward sweep) {
        Map<List<Integer>, List<Cell>> groups = new LinkedHashMap<>();
        for (Cell cell : sweep.cells()) {
            List<Integer> from = new ArrayList<>();
            for (int b = 0; b < sweep.rows().buckets().size(); b++) {
                // What is read has to be run, changed or not.
                int first = sweep.rows().buckets().get(b).first(sweep.logits().at());
                for (Edit edit : cell.edits()) {
                    first = Math.min(first, first(plan, sweep, edit, b));
                }
                from.add(first);
            }
            groups.computeIfAbsent(from, k -> new ArrayList<>()).add(cell);
        }
        return groups;
    }

    /** The first position of a bucket's rows that an edit may change. */
    private static int first(ExecutionPlan plan, Forward sweep, Edit edit, int b) {
        RowsRef.Bucket bucket = sweep.rows().buckets().get(b);
        EditValue value = edit.value() instanceof WithinDirection within ? within.value() : edit.value();
        int shared = value instanceof EditValue.FromRun from ? shared(plan.forward(from.forward()), bucket, b) : 0;
        if (edit.positions() instanceof Positions.At at) {
            return at.index() < shared ? bucket.length() : at.index();
        }
        int named =
                edit.positions().names().stream().mapToInt(bucket::first).min().orElse(0);
        return Math.max(shared, named);
    }

    /** How many first positions have the same activations in another run. */
    private static int shared(Forward source, RowsRef.Bucket bucket, int b) {
        return source.clean() ? bucket.shared(source.rows().buckets().get(b)) : 0;
    }

    private static long saved(Forward sweep, Map<List<Integer>, List<Cell>> groups) {
        long saved = 0;
        for (Map.Entry<List<Integer>, List<Cell>> group : groups.entrySet()) {
            for (int b = 0; b < group.getKey().size(); b++) {
                saved += (long) group.getKey().get(b)
                        * sweep.rows().buckets().get(b).rows()
                        * group.getValue().size();
            }
        }
        return saved;
    }

    private static ExecutionPlan split(ExecutionPlan plan, Forward sweep, Map<List<Integer>, List<Cell>> groups) {
        int next = plan.steps().stream().mapToInt(PlanStep::id).max().orElse(0) + 1;
        @Nullable
        Forward clean = sweep.resumeFrom() >= 0 ? plan.forward(sweep.resumeFrom()) : CleanRun.find(plan, sweep);
        Forward base = clean != null ? clean : CleanRun.fresh(sweep, next++);
        List<Forward> parts = new ArrayList<>();
        for (Map.Entry<List<Integer>, List<Cell>> group : groups.entrySet()) {
            Forward part = sweep.part(parts.isEmpty() ? sweep.id() : next++, group.getValue());
            boolean later = group.getKey().stream().anyMatch(p -> p > 0);
            parts.add(later ? part.spanning(part.span().startingAt(group.getKey()), base.id()) : part);
        }
        return CleanRun.split(plan, sweep, parts, clean, CleanRun.keeping(base, parts));
    }
}
