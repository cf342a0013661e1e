package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Receivers;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps of path patching. A first run has the sender's activation of the other half and every component between held at
 * the edited run's own value; what reaches the receivers is recorded, and a second run has that as their input and is free
 * otherwise. A path that ends at the logits needs no second run.
 *
 * @param senders what sends
 * @param from whose activation is sent
 * @param mlps whether MLPs between are held as well
 * @param norms whether normalisation scales between are held as well, which makes the path linear
 */
record Paths(SiteSelection senders, Patch.From from, boolean mlps, boolean norms) {
    private static final Set<Site> SENDERS =
            Set.of(Site.Z, Site.RESULT, Site.ATTN_OUT, Site.MLP_OUT, Site.MLP_POST, Site.EMBED, Site.POS_EMBED);

    Paths {
        Site site = senders.sites().get(0);
        if (!SENDERS.contains(site)) {
            throw new IllegalArgumentException("a path starts at the output of a component: `attn.z`, `attn_out`,"
                    + " `mlp_out`, `mlp.post`, `embed` or `pos_embed`, not at `" + site.canonical() + "`");
        }
        if (from == Patch.From.UNEDITED) {
            throw new IllegalArgumentException("`from` must be `clean` or `corrupted`");
        }
    }

    Sweep sweep(Planning planning, EditContext run, Receivers receivers) {
        if (!run.fixed()) {
            throw new IllegalArgumentException(
                    "path patching can follow an intervention that edits one run, not one that is swept or sampled");
        }
        ModelShape shape = planning.model().shape();
        RowsRef rows = planning.rows(run.rows());
        RowsRef sources = planning.rows(from.source(run.on()));
        int last = receivers.logits() ? shape.layers() : receivers.last();
        SweepLayout places = new SweepLayout(planning, senders, rows);
        List<HookPoint> held = held(planning, last, receivers.logits());
        int base = run.before().isEmpty()
                ? planning.clean(rows, held, LogitsRead.NONE)
                : planning.run(rows, List.of(new Cell(0, until(run.before(), lastOf(held)))), held, LogitsRead.NONE);
        int donor = planning.clean(sources, places.points(), LogitsRead.NONE);
        Sweep send = places.writing(point -> new EditValue.FromRun(donor));
        if (receivers.named()
                && senders.headsFrom() == null
                && !reaches(places.points(), receivers.points().keySet())) {
            throw new IllegalArgumentException(
                    "there is no path from `" + senders.sites().get(0).canonical() + "`"
                            + (senders.layers().isEmpty() ? "" : " of layers " + senders.layers()) + " to "
                            + receivers.points().keySet() + ": receivers must come after senders");
        }
        List<Cell> first = new ArrayList<>();
        for (Cell cell : send.cells()) {
            List<Edit> edits = new ArrayList<>();
            if (!receivers.logits()) {
                edits.addAll(until(run.before(), last));
            }
            int start = first(cell);
            Set<Integer> sending =
                    cell.edits().stream().map(e -> e.point().layer()).collect(Collectors.toSet());
            for (HookPoint point : held) {
                if (between(point, start) && isHeld(point.site(), sending.contains(point.layer()))) {
                    edits.add(new Edit(point, List.of(), new Positions.All(), new EditValue.FromRun(base)));
                }
            }
            edits.addAll(until(cell.edits(), last));
            first.add(new Cell(cell.index(), edits));
        }
        if (receivers.logits()) {
            return new Sweep(send.axes(), first, send.absent());
        }
        int recorded = planning.run(rows, first, List.copyOf(receivers.points().keySet()), LogitsRead.NONE);
        List<Edit> received = receivers.writing(new RecordedCell(recorded));
        return new Sweep(
                send.axes(),
                first.stream().map(cell -> new Cell(cell.index(), received)).toList(),
                send.absent());
    }

    private static boolean reaches(List<HookPoint> starts, Set<HookPoint> ends) {
        return starts.stream()
                .anyMatch(start -> ends.stream()
                        .anyMatch(end -> start.layer() < end.layer()
                                || (start.layer() == end.layer() && start.site().compareTo(end.site()) < 0)));
    }

    /** The layer that a cell sends from first, -1 for the embedding. */
    private static int first(Cell cell) {
        return cell.edits().stream().mapToInt(e -> e.point().layer()).min().orElse(Integer.MAX_VALUE);
    }

    /** What is held on the way to the last receiver, wherever the path starts. */
    private List<HookPoint> held(Planning planning, int last, boolean logits) {
        Set<HookPoint> points = new LinkedHashSet<>();
        int layers = Math.min(planning.model().shape().layers(), last + 1);
        for (int layer = 0; layer < layers; layer++) {
            if (norms && planning.has(Site.LN1_SCALE)) {
                points.add(planning.point(Site.LN1_SCALE, layer));
            }
            points.add(planning.point(Site.Z, layer));
            if (norms && fromHeads() && planning.has(Site.LN1_POST_SCALE)) {
                points.add(planning.point(Site.LN1_POST_SCALE, layer));
            }
            if (planning.has(Site.MLP_OUT)) {
                if (norms && planning.has(Site.LN2_SCALE)) {
                    points.add(planning.point(Site.LN2_SCALE, layer));
                }
                if (mlps && fromNeurons()) {
                    points.add(planning.point(Site.MLP_POST, layer));
                    if (norms && planning.has(Site.LN2_POST_SCALE)) {
                        points.add(planning.point(Site.LN2_POST_SCALE, layer));
                    }
                }
                if (mlps) {
                    points.add(planning.point(Site.MLP_OUT, layer));
                }
            }
        }
        if (norms && logits && planning.has(Site.LN_FINAL_SCALE)) {
            points.add(planning.point(Site.LN_FINAL_SCALE, -1));
        }
        return List.copyOf(points);
    }

    private boolean fromHeads() {
        Site site = senders.sites().get(0);
        return site == Site.Z || site == Site.RESULT;
    }

    private boolean fromNeurons() {
        return senders.sites().get(0) == Site.MLP_POST;
    }

    /**
     * Whether a point is held in a layer that sends or does not. An MLP whose neurons send keeps its other neurons rather than
     * its output, through which they act, and the scale of a norm on what it writes; so do heads under such a norm.
     */
    private boolean isHeld(Site site, boolean sends) {
        return switch (site) {
            case MLP_OUT -> !(sends && fromNeurons());
            case MLP_POST, LN1_POST_SCALE, LN2_POST_SCALE -> sends;
            default -> true;
        };
    }

    private static int lastOf(List<HookPoint> held) {
        boolean beyond = held.stream().anyMatch(p -> !p.site().perLayer());
        return beyond
                ? Integer.MAX_VALUE
                : held.stream().mapToInt(HookPoint::layer).max().orElse(-1);
    }

    /** Whether a point comes after the sender, so that the sender could act through it. */
    private boolean between(HookPoint point, int start) {
        Site sender = senders.sites().get(0);
        if (!point.site().perLayer()) {
            return true;
        }
        return point.layer() > start || (point.layer() == start && point.site().compareTo(sender) > 0);
    }

    /** Edits after the last receiver change nothing that it receives. */
    private static List<Edit> until(List<Edit> edits, int layer) {
        return edits.stream().filter(e -> before(e.point(), layer)).toList();
    }

    private static boolean before(HookPoint point, int layer) {
        boolean start = point.site() == Site.EMBED || point.site() == Site.POS_EMBED;
        return layer == Integer.MAX_VALUE || start || (point.site().perLayer() && point.layer() <= layer);
    }
}
