package dev.loupe.optimize;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Resumption;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.text.Count;
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
 * With path patching the recording run starts at its sender and the other at the receivers.
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

    /** Where a cell starts, where the one that records for it does, and what that one keeps. */
    private record Begin(Start sweep, Start recording, List<HookPoint> kept) implements Comparable<Begin> {
        private static final Comparator<Begin> ORDER = Comparator.comparing(Begin::sweep)
                .thenComparing(Begin::recording)
                .thenComparing(begin -> begin.kept().toString());

        @Override
        public int compareTo(Begin other) {
            return ORDER.compare(this, other);
        }

        boolean late() {
            return sweep.late() || recording.late();
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
            SweptRun run =
                    step instanceof Forward sweep ? SweptRun.of(plan, sweep).orElse(null) : null;
            if (run != null && splits(run)) {
                ExecutionPlan split = split(current, run);
                if (split.flops() < current.flops()) {
                    current = split;
                }
            }
        }
        if (current == plan) {
            return Optional.empty();
        }
        long blocks = blocks(plan) - blocks(current);
        return Optional.of(new Rewrite(
                Ordered.of(current),
                Count.of(blocks, "block is", "blocks are") + " not run again but taken from the clean run"));
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

    private static boolean splits(SweptRun run) {
        return run.runs().stream().allMatch(f -> f.startLayer() == 0 && f.resumeFrom() < 0)
                && run.sweep().cells().stream().map(cell -> begin(run, cell)).anyMatch(Begin::late);
    }

    private static Begin begin(SweptRun run, Cell cell) {
        Start own = start(run.sweep(), cell, run.sweep().captures());
        Cell recorded = run.recorded(cell);
        if (recorded == null || run.recording() == null) {
            return new Begin(own, own, List.of());
        }
        List<HookPoint> taken = SweptRun.taken(cell);
        return new Begin(own, start(run.recording(), recorded, taken), taken);
    }

    /** @param captures what is kept of this cell */
    private static Start start(Forward forward, Cell cell, List<HookPoint> captures) {
        ModelShape shape = forward.model().shape();
        int edit = cell.firstLayer(shape.layers());
        int capture =
                forward.with(captures, forward.logits(), forward.stopLayer()).firstCapture();
        int layer = Math.max(0, Math.min(Math.min(edit, capture), forward.stopLayer() - 1));
        boolean known = cell.edits().stream().allMatch(e -> e.value().local() || e.value() instanceof RecordedCell);
        boolean before = cell.edits().stream().anyMatch(e -> e.point().layer() < 0);
        if (!known || before || edit > layer) {
            return new Start(layer, Site.RESID_PRE);
        }
        List<HookPoint> points =
                new ArrayList<>(cell.edits().stream().map(Edit::point).toList());
        points.addAll(captures);
        Site entry = points.stream()
                .filter(p -> p.layer() == layer)
                .map(p -> Resumption.before(p.site(), shape))
                .min(Comparator.naturalOrder())
                .orElse(Site.RESID_PRE);
        return new Start(layer, entry);
    }

    private static ExecutionPlan split(ExecutionPlan plan, SweptRun run) {
        Map<Begin, List<Cell>> byBegin = new TreeMap<>();
        Forward sweep = run.sweep();
        sweep.cells()
                .forEach(c -> byBegin.computeIfAbsent(begin(run, c), k -> new ArrayList<>())
                        .add(c));
        int next = plan.steps().stream().mapToInt(PlanStep::id).max().orElse(0) + 1;
        @Nullable Forward clean = CleanRun.find(plan, sweep);
        Forward base = clean != null ? clean : CleanRun.fresh(sweep, next++);
        List<SweptRun> parts = new ArrayList<>();
        for (Map.Entry<Begin, List<Cell>> some : byBegin.entrySet()) {
            SweptRun part = run.part(parts.isEmpty() ? sweep.id() : next++, next++, some.getValue());
            Forward recording = part.recording();
            parts.add(new SweptRun(
                    resuming(part.sweep(), base, some.getKey().sweep()),
                    recording == null
                            ? null
                            : resuming(recording, base, some.getKey().recording())));
        }
        return CleanRun.split(plan, run, parts, clean, CleanRun.keeping(base, parts));
    }

    private static Forward resuming(Forward part, Forward base, Start start) {
        return start.late() ? part.resuming(base.id(), start.layer(), start.entry()) : part;
    }
}
