package dev.loupe.optimize;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.Cell;
import dev.loupe.plan.Collect;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.LogitsRead;
import dev.loupe.plan.PlanStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cell whose first edit is in block L starts from the residual stream before L of the clean run on the same rows. A sweep
 * is split by first block; the clean run is added where there is none, but only if that saves more than it costs.
 */
public final class ResumeAtFirstEdit implements Rule {
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

    private static long blocks(ExecutionPlan plan) {
        return plan.steps().stream()
                .filter(Forward.class::isInstance)
                .map(Forward.class::cast)
                .mapToLong(f -> (long) f.cells().size() * (f.stopLayer() - f.startLayer()))
                .sum();
    }

    /** Only what is read cell by cell can be split. */
    private static boolean splits(ExecutionPlan plan, Forward forward) {
        boolean readByCells = plan.steps().stream()
                .filter(s -> s.inputs().contains(forward.id()))
                .allMatch(Collect.class::isInstance);
        return !forward.clean()
                && forward.startLayer() == 0
                && readByCells
                && forward.cells().stream().anyMatch(c -> first(forward, c) > 0);
    }

    private static int first(Forward forward, Cell cell) {
        int edit = cell.firstLayer(forward.model().shape().layers());
        return Math.max(0, Math.min(Math.min(edit, forward.firstCapture()), forward.stopLayer() - 1));
    }

    private static ExecutionPlan split(ExecutionPlan plan, Forward sweep) {
        Map<Integer, List<Cell>> byLayer = new TreeMap<>();
        sweep.cells()
                .forEach(c -> byLayer.computeIfAbsent(first(sweep, c), k -> new ArrayList<>())
                        .add(c));
        int next = plan.steps().stream().mapToInt(PlanStep::id).max().orElse(0) + 1;
        Forward clean = clean(plan, sweep);
        Forward base = clean != null ? clean : fresh(sweep, next++);
        List<Forward> parts = new ArrayList<>();
        for (Map.Entry<Integer, List<Cell>> part : byLayer.entrySet()) {
            parts.add(part(sweep, parts.isEmpty() ? sweep.id() : next++, part.getKey(), part.getValue(), base.id()));
        }
        Forward resumed = keeping(base, byLayer.keySet());
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step.equals(sweep)) {
                steps.addAll(parts);
            } else if (step instanceof Collect collect && collect.forwards().contains(sweep.id())) {
                steps.add(reading(collect, sweep.id(), parts));
            } else if (!step.equals(clean)) {
                steps.add(step);
            }
            if (step instanceof LoadModel load && load.id() == sweep.load()) {
                // A clean run needs its model and nothing else, so it can come first.
                steps.add(resumed);
            }
        }
        return new ExecutionPlan(steps, plan.outputs());
    }

    private static @Nullable Forward clean(ExecutionPlan plan, Forward sweep) {
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward f
                    && f.clean()
                    && f.startLayer() == 0
                    && f.load() == sweep.load()
                    && f.rows().equals(sweep.rows())) {
                return f;
            }
        }
        return null;
    }

    private static Forward fresh(Forward sweep, int id) {
        return new Forward(
                id,
                sweep.load(),
                sweep.model(),
                sweep.rows(),
                List.of(Cell.CLEAN),
                List.of(),
                LogitsRead.NONE,
                0,
                -1,
                0,
                sweep.rowsPerBatch(),
                1);
    }

    private static Forward part(Forward sweep, int id, int layer, List<Cell> cells, int base) {
        return new Forward(
                id,
                sweep.load(),
                sweep.model(),
                sweep.rows(),
                cells,
                sweep.captures(),
                sweep.logits(),
                layer,
                layer == 0 ? -1 : base,
                sweep.stopLayer(),
                sweep.rowsPerBatch(),
                sweep.cellsPerBatch());
    }

    /** The clean run, keeping the residual stream before these layers and running far enough to have it. */
    private static Forward keeping(Forward base, Set<Integer> layers) {
        Set<HookPoint> captures = new LinkedHashSet<>(base.captures());
        int stop = base.stopLayer();
        for (int layer : layers) {
            if (layer > 0) {
                captures.add(HookPoint.of(Site.RESID_PRE, layer));
                stop = Math.max(stop, layer + 1);
            }
        }
        return base.with(List.copyOf(captures), base.logits(), stop);
    }

    private static Collect reading(Collect collect, int sweep, List<Forward> parts) {
        List<Integer> forwards = new ArrayList<>();
        for (int id : collect.forwards()) {
            if (id == sweep) {
                parts.forEach(part -> forwards.add(part.id()));
            } else {
                forwards.add(id);
            }
        }
        return new Collect(collect.id(), collect.reading(), forwards, collect.sweep(), collect.absent());
    }
}
