package dev.loupe.optimize;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.Cell;
import dev.loupe.plan.Edit;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ModelShape;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Resumption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cell whose first edit is in block L starts there, from what the clean run on the same rows had: from the residual stream
 * before L, from its queries, keys and values, from what its heads read, or from the residual stream before its MLP. A sweep
 * is split by where its cells start; the clean run is added where there is none, but only if that saves more than it costs.
 */
public final class ResumeAtFirstEdit implements Rule {
    /** Where a cell starts. */
    private record Start(int layer, Site entry) implements Comparable<Start> {
        private static final Comparator<Start> ORDER =
                Comparator.comparingInt(Start::layer).thenComparing(Start::entry);

        @Override
        public int compareTo(Start other) {
            return ORDER.compare(this, other);
        }

        boolean late() {
            return layer > 0 || entry != Site.RESID_PRE;
        }
    }

    @Override
    public String name() {
        return "resume at first edit";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        ExecutionPlan current = plan;
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward sweep && splits(plan, sweep)) {
                ExecutionPlan split = split(current, sweep);
                if (split.flops() < current.flops()) {
                    current = split;
                }
            }
        }
        if (current == plan) {
            return Optional.empty();
        }
        long blocks = blocks(plan) - blocks(current);
        return Optional.of(
                new Rewrite(Ordered.of(current), blocks + " runs of a block start later, from the clean run"));
    }

    /** A run from the middle of a block counts as one that starts later. */
    private static long blocks(ExecutionPlan plan) {
        long blocks = 0;
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward f) {
                int from = f.startLayer() + (f.entry() == Site.RESID_PRE ? 0 : 1);
                blocks += (long) f.cells().size() * (f.stopLayer() - from);
            }
        }
        return blocks;
    }

    private static boolean splits(ExecutionPlan plan, Forward forward) {
        return CleanRun.splits(plan, forward)
                && forward.startLayer() == 0
                && forward.resumeFrom() < 0
                && forward.cells().stream().anyMatch(c -> start(forward, c).late());
    }

    private static Start start(Forward forward, Cell cell) {
        ModelShape shape = forward.model().shape();
        int edit = cell.firstLayer(shape.layers());
        int layer = Math.max(0, Math.min(Math.min(edit, forward.firstCapture()), forward.stopLayer() - 1));
        boolean known = cell.edits().stream().allMatch(e -> CleanRun.local(e.value()));
        boolean before = cell.edits().stream().anyMatch(e -> e.point().layer() < 0);
        if (!known || before || edit > layer) {
            return new Start(layer, Site.RESID_PRE);
        }
        List<HookPoint> points =
                new ArrayList<>(cell.edits().stream().map(Edit::point).toList());
        points.addAll(forward.captures());
        Site entry = points.stream()
                .filter(p -> p.layer() == layer)
                .map(p -> Resumption.before(p.site(), shape))
                .min(Comparator.naturalOrder())
                .orElse(Site.RESID_PRE);
        return new Start(layer, entry);
    }

    private static ExecutionPlan split(ExecutionPlan plan, Forward sweep) {
        Map<Start, List<Cell>> byStart = new TreeMap<>();
        sweep.cells()
                .forEach(c -> byStart.computeIfAbsent(start(sweep, c), k -> new ArrayList<>())
                        .add(c));
        int next = plan.steps().stream().mapToInt(PlanStep::id).max().orElse(0) + 1;
        @Nullable Forward clean = CleanRun.find(plan, sweep);
        Forward base = clean != null ? clean : CleanRun.fresh(sweep, next++);
        List<Forward> parts = new ArrayList<>();
        for (Map.Entry<Start, List<Cell>> some : byStart.entrySet()) {
            Start start = some.getKey();
            Forward part = sweep.part(parts.isEmpty() ? sweep.id() : next++, some.getValue());
            parts.add(start.late() ? part.resuming(base.id(), start.layer(), start.entry()) : part);
        }
        return CleanRun.split(plan, sweep, parts, clean, CleanRun.keeping(base, parts));
    }
}
