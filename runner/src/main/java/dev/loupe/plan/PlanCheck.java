package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.ask.Span;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.RecordedCell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for every plan, checked after planning and again after every rewriting rule. A plan that fails it is our
 * fault, never the user's.
 */
final class PlanCheck {
    private PlanCheck() {}

    static void check(List<PlanStep> steps, Map<String, Integer> outputs) {
        Map<Integer, PlanStep> seen = new HashMap<>();
        for (PlanStep step : steps) {
            for (int input : step.inputs()) {
                if (!seen.containsKey(input)) {
                    throw new IllegalStateException("#" + step.id() + " needs #" + input + ", which is not before it");
                }
            }
            if (seen.put(step.id(), step) != null) {
                throw new IllegalStateException("step id " + step.id() + " occurs twice");
            }
            if (step instanceof ReadRows collect) {
                collected(collect, seen);
            } else if (step instanceof Derived derived) {
                derives(derived, seen);
            } else if (step instanceof Recheck recheck && !(seen.get(recheck.estimate()) instanceof Differentiate)) {
                throw new IllegalStateException("#" + recheck.id() + " rechecks no estimate");
            } else if (step instanceof Agreement agreement && !exact(agreement, seen.get(agreement.recheck()))) {
                throw new IllegalStateException("#" + agreement.id() + " has no exact values to compare with");
            } else if (step instanceof Pruned pruned && !(seen.get(pruned.prune()) instanceof Prune)) {
                throw new IllegalStateException("#" + pruned.id() + " has no pruned model to show");
            } else if (step instanceof Summarise summarise) {
                satisfied(summarise.reading(), forward(seen, summarise.forward()));
            } else if (step instanceof Forward forward) {
                runs(forward, seen);
            }
        }
        outputs.forEach((name, id) -> {
            if (!seen.containsKey(id)) {
                throw new IllegalStateException("output " + name + " names the missing step #" + id);
            }
        });
    }

    private static boolean exact(Agreement agreement, @Nullable PlanStep recheck) {
        return agreement.rows() ? recheck instanceof RecheckRows : recheck instanceof Recheck;
    }

    private static void collected(ReadRows collect, Map<Integer, PlanStep> seen) {
        Map<Integer, Integer> cells = new HashMap<>();
        for (int id : collect.forwards()) {
            Forward forward = forward(seen, id);
            satisfied(collect.reading(), forward);
            for (Cell cell : forward.cells()) {
                cells.merge(cell.index(), 1, Integer::sum);
            }
        }
        if (new HashSet<>(cells.values()).size() > 1) {
            throw new IllegalStateException("cells of #" + collect.id() + " run unequally often: " + cells);
        }
        collect.absent().forEach(absent -> cells.put(absent, 0));
        int wanted = dev.loupe.result.NamedArray.sizeOf(collect.sweep());
        if (cells.size() != wanted) {
            throw new IllegalStateException("#" + collect.id() + " has " + cells.size() + " of " + wanted + " cells");
        }
    }

    private static void derives(Derived derived, Map<Integer, PlanStep> seen) {
        for (int id : derived.inputs()) {
            boolean kept = derived instanceof CompareLogits && seen.get(id) instanceof Summarise;
            if (!kept && !(seen.get(id) instanceof ReadRows)) {
                throw new IllegalStateException("#" + derived.id() + " needs #" + id + ", which reads no rows");
            }
        }
    }

    private static void satisfied(Readout reading, Forward forward) {
        List<HookPoint> missing =
                new ArrayList<>(reading.captures(forward.model().shape()));
        missing.removeAll(forward.captures());
        if (!missing.isEmpty()
                || (!forward.span().equals(Span.ALL)
                        && !reading.captures(forward.model().shape()).isEmpty())) {
            throw new IllegalStateException(
                    reading.label() + " reads " + missing + ", not captured by #" + forward.id());
        }
        if (!forward.logits().and(reading.logits()).equals(forward.logits())) {
            throw new IllegalStateException(reading.label() + " reads logits that #" + forward.id() + " does not make");
        }
    }

    private static void runs(Forward forward, Map<Integer, PlanStep> seen) {
        for (HookPoint point : forward.captures()) {
            if (point.layer() >= forward.stopLayer()) {
                throw new IllegalStateException("#" + forward.id() + " stops before " + point.name());
            }
        }
        if (forward.unembeds() && forward.stopLayer() < forward.model().shape().layers()) {
            throw new IllegalStateException("#" + forward.id() + " stops early, yet logits are read");
        }
        spans(forward);
        if (forward.resumeFrom() >= 0) {
            resumes(forward, forward(seen, forward.resumeFrom()));
        }
        for (Cell cell : forward.cells()) {
            for (Edit edit : cell.edits()) {
                taken(forward, cell, edit, seen);
            }
        }
    }

    private static void taken(Forward forward, Cell cell, Edit edit, Map<Integer, PlanStep> seen) {
        int run = edit.value().run();
        if (run < 0) {
            return;
        }
        Forward from = forward(seen, run);
        List<HookPoint> missing = new ArrayList<>(edit.value().reads(edit.point()));
        missing.removeAll(from.captures());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("#" + run + " does not capture " + missing);
        }
        boolean same = edit.value() instanceof RecordedCell;
        boolean whole = from.span().from().isEmpty();
        if (same ? !from.span().from().equals(forward.span().from()) : !whole) {
            throw new IllegalStateException(
                    "#" + run + " runs other positions than #" + forward.id() + " takes from it");
        }
        long there =
                from.cells().stream().filter(c -> c.index() == cell.index()).count();
        if (same ? there != 1 : from.cells().size() != 1) {
            throw new IllegalStateException("#" + run + " has no single run that cell " + cell.index() + " could read");
        }
    }

    /**
     * What lies before the first position that is run is taken from another run. A run that keeps activations may leave out
     * those, for whoever takes them leaves out the same, but none of the last block.
     */
    private static void spans(Forward forward) {
        Span span = forward.span();
        boolean left = !span.from().isEmpty();
        boolean sized = (span.from().isEmpty()
                        || span.from().size() == forward.rows().buckets().size())
                && (span.last().isEmpty()
                        || span.last().size() == forward.rows().buckets().size());
        boolean cut = left || !span.last().isEmpty();
        if (!sized
                || (left && forward.resumeFrom() < 0)
                || (!span.last().isEmpty() && !forward.captures().isEmpty())
                || (cut && forward.logits().wanted() && !forward.logits().answersOnly())
                || (cut && !forward.own().isEmpty())) {
            throw new IllegalStateException("#" + forward.id() + " cannot leave out positions: " + span);
        }
    }

    private static void resumes(Forward forward, Forward base) {
        int layer = forward.startLayer();
        boolean there = base.captures().containsAll(forward.needed())
                && base.clean()
                && base.span().equals(Span.ALL);
        boolean begun = layer > 0 || forward.entry() != Site.RESID_PRE;
        boolean early = forward.cells().stream()
                .flatMap(c -> c.edits().stream())
                .anyMatch(e -> begun && e.point().layer() < layer
                        || e.point().layer() == layer && e.point().site().compareTo(forward.entry()) < 0);
        boolean missed = forward.captures().stream()
                .anyMatch(p -> p.layer() == layer && p.site().compareTo(forward.entry()) < 0);
        if (!there || !base.rows().equals(forward.rows()) || early || missed || forward.firstCapture() < layer) {
            throw new IllegalStateException(
                    "#" + forward.id() + " cannot start at layer " + layer + " of #" + base.id());
        }
    }

    private static Forward forward(Map<Integer, PlanStep> seen, int id) {
        if (seen.get(id) instanceof Forward forward) {
            return forward;
        }
        throw new IllegalStateException("#" + id + " is not a forward pass");
    }
}
