package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.plan.edit.WithinDirection;
import dev.loupe.text.Count;
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
            SweptRun run =
                    step instanceof Forward sweep ? SweptRun.of(plan, sweep).orElse(null) : null;
            if (run != null && splits(plan, run)) {
                Map<List<Integer>, List<Cell>> groups = groups(plan, run);
                ExecutionPlan split = split(current, run, groups);
                if (split.flops() < current.flops()) {
                    saved += run.runs().size() * saved(run.sweep(), groups);
                    current = split;
                }
            }
        }
        return current == plan
                ? Optional.empty()
                : Optional.of(new Rewrite(
                        Ordered.of(current),
                        Count.of(saved, "token of edited rows is", "tokens of edited rows are")
                                + " as in the clean run and not run again"));
    }

    private static boolean splits(ExecutionPlan plan, SweptRun run) {
        Forward sweep = run.sweep();
        return sweep.model().shape().keys() != null
                && run.runs().stream()
                        .allMatch(f -> f.span().from().isEmpty()
                                && !f.seesAfterBlocks()
                                && f.captures().stream()
                                        .allMatch(p -> p.site().axes().contains("pos")))
                && sweep.captures().isEmpty()
                && sweep.logits().answersOnly()
                && sweep.cells().stream()
                        .flatMap(c -> c.edits().stream())
                        .allMatch(e -> e.value().local() || e.value() instanceof RecordedCell)
                && groups(plan, run).keySet().stream()
                        .anyMatch(from -> from.stream().anyMatch(p -> p > 0));
    }

    /** Cells by the first position that each bucket's rows are run from. */
    private static Map<List<Integer>, List<Cell>> groups(ExecutionPlan plan, SweptRun run) {
        Map<List<Integer>, List<Cell>> groups = new LinkedHashMap<>();
        Forward sweep = run.sweep();
        for (Cell cell : sweep.cells()) {
            List<Integer> from = new ArrayList<>();
            for (int b = 0; b < sweep.rows().buckets().size(); b++) {
                // What is read has to be run, changed or not.
                int first = sweep.rows().buckets().get(b).first(sweep.logits().at());
                for (Edit edit : edits(run, cell)) {
                    first = Math.min(first, first(plan, sweep, edit, b));
                }
                from.add(first);
            }
            groups.computeIfAbsent(from, k -> new ArrayList<>()).add(cell);
        }
        return groups;
    }

    /** What changes a cell: what was recorded for it is changed where the recording run is. */
    private static List<Edit> edits(SweptRun run, Cell cell) {
        List<Edit> edits = new ArrayList<>(cell.edits());
        edits.removeIf(edit -> edit.value() instanceof RecordedCell);
        Cell recorded = run.recorded(cell);
        if (recorded != null) {
            edits.addAll(recorded.edits());
        }
        return edits;
    }

    /** The first position of a bucket's rows that an edit may change. */
    private static int first(ExecutionPlan plan, Forward sweep, Edit edit, int b) {
        RowsRef.Bucket bucket = sweep.rows().buckets().get(b);
        EditValue value = edit.value() instanceof WithinDirection within ? within.value() : edit.value();
        int shared = value instanceof EditValue.FromRun from ? shared(plan.forward(from.forward()), sweep, b) : 0;
        if (edit.positions() instanceof Positions.At at) {
            return at.index() < shared ? bucket.length() : at.index();
        }
        int named =
                edit.positions().names().stream().mapToInt(bucket::first).min().orElse(0);
        return Math.max(shared, named);
    }

    /** How many first positions have the same activations in another run. */
    private static int shared(Forward source, Forward sweep, int b) {
        RowsRef.Bucket bucket = sweep.rows().buckets().get(b);
        if (!source.clean()) {
            return 0;
        }
        return source.rows().equals(sweep.rows())
                ? bucket.length()
                : bucket.shared(source.rows().buckets().get(b));
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

    private static ExecutionPlan split(ExecutionPlan plan, SweptRun run, Map<List<Integer>, List<Cell>> groups) {
        int next = plan.steps().stream().mapToInt(PlanStep::id).max().orElse(0) + 1;
        Forward sweep = run.sweep();
        int resumed = run.runs().stream().mapToInt(Forward::resumeFrom).max().orElse(-1);
        @Nullable Forward clean = resumed >= 0 ? plan.forward(resumed) : CleanRun.find(plan, sweep);
        Forward base = clean != null ? clean : CleanRun.fresh(sweep, next++);
        List<SweptRun> parts = new ArrayList<>();
        for (Map.Entry<List<Integer>, List<Cell>> group : groups.entrySet()) {
            SweptRun part = run.part(parts.isEmpty() ? sweep.id() : next++, next++, group.getValue());
            Forward recording = part.recording();
            parts.add(new SweptRun(
                    starting(part.sweep(), group.getKey(), base),
                    recording == null ? null : starting(recording, group.getKey(), base)));
        }
        return CleanRun.split(plan, run, parts, clean, CleanRun.keeping(base, parts));
    }

    private static Forward starting(Forward part, List<Integer> from, Forward base) {
        boolean later = from.stream().anyMatch(p -> p > 0);
        return later ? part.spanning(part.span().startingAt(from), base.id()) : part;
    }
}
