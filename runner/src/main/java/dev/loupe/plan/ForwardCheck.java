package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.Span;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.RecordedCell;
import java.util.ArrayList;
import java.util.List;

/** What must hold for a run and those that it takes activations from. */
final class ForwardCheck {
    private ForwardCheck() {}

    static void check(Forward forward, EarlierSteps earlier) {
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
            resumes(forward, earlier.forward(forward.resumeFrom()));
        }
        for (Cell cell : forward.cells()) {
            for (Edit edit : cell.edits()) {
                taken(forward, cell, edit, earlier);
            }
        }
    }

    private static void taken(Forward forward, Cell cell, Edit edit, EarlierSteps earlier) {
        int run = edit.value().run();
        if (run < 0) {
            return;
        }
        Forward from = earlier.forward(run);
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
}
