package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.Cell;
import dev.loupe.plan.Edit;
import dev.loupe.plan.EditValue;
import dev.loupe.plan.FoundHeads;
import dev.loupe.plan.ModelShape;
import dev.loupe.plan.Planning;
import dev.loupe.plan.Positions;
import dev.loupe.result.Axis;
import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Key;
import dev.loupe.schema.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces an activation by one that carries no information about the row. */
@Named("ablate")
@Doc("Replace an activation, swept over layers and heads, or for named heads at once.")
@Example("{ablate: attn.z, over: [layer, head], with: {mean: {of: default, per: position}}}")
public record Ablate(
        @Doc("The site, such as `attn.z`, `attn_out`, `mlp_out`.")
        SiteName ablate,

        @Default("[]") @Doc("Sweep axes: `[layer]` or `[layer, head]`. Without them all chosen heads go at once.")
        List<Over> over,

        @Default("[]") @Doc("Heads such as `L0H3`, ablated together.")
        List<HeadName> heads,

        @Nullable @Key("heads-from") @Doc("Heads found by an earlier measurement, ablated together.")
        FoundHeads headsFrom,

        @Default("everywhere") @Doc("A named position or position class; `everywhere` for all positions.")
        String at,

        @Default("zero") @Doc("What takes its place.") AblationValue with)
        implements Intervention {
    public Ablate {
        boolean chosen = !heads.isEmpty() || headsFrom != null;
        if (over.isEmpty() == !chosen) {
            throw new IllegalArgumentException(
                    "an ablation either sweeps (`over: [layer, head]`) or names heads (`heads`, `heads-from`)");
        }
        if (chosen && !ablate.site().axes().contains("head")) {
            throw new IllegalArgumentException("`" + ablate.site().canonical() + "` has no heads; `attn.z` has");
        }
        if (over.contains(Over.HEAD) && !ablate.site().axes().contains("head")) {
            throw new IllegalArgumentException("`over: head` needs a site with heads such as `attn.z`; `"
                    + ablate.site().canonical() + "` has none");
        }
        if (!over.isEmpty() && !over.contains(Over.LAYER)) {
            throw new IllegalArgumentException("a sweep starts with `layer`: `over: [layer]` or `over: [layer, head]`");
        }
    }

    /** Axes that an ablation sweeps. */
    public enum Over {
        LAYER,
        HEAD
    }

    @Override
    public Sweep sweep(Planning planning, String on) {
        Map<HookPoint, EditValue> values = new LinkedHashMap<>();
        Positions positions = at.equals("everywhere") ? new Positions.All() : new Positions.Of(at);
        ModelShape shape = planning.model().shape();
        List<Cell> cells = new ArrayList<>();
        if (over.isEmpty()) {
            List<Edit> edits = new ArrayList<>();
            chosen(planning).forEach((layer, inLayer) -> {
                HookPoint point = planning.point(ablate.site(), layer);
                edits.add(new Edit(point, inLayer, positions, with.value(planning, on, point)));
            });
            return new Sweep(List.of(), List.of(new Cell(0, edits)));
        }
        List<Axis> axes = new ArrayList<>(List.of(Axis.counted("layer", shape.layers())));
        boolean byHead = over.contains(Over.HEAD);
        if (byHead) {
            axes.add(Axis.counted("head", shape.heads()));
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            HookPoint point = planning.point(ablate.site(), layer);
            EditValue value = values.computeIfAbsent(point, p -> with.value(planning, on, p));
            for (int head = 0; head < (byHead ? shape.heads() : 1); head++) {
                List<Integer> components = byHead ? List.of(head) : List.of();
                cells.add(new Cell(cells.size(), List.of(new Edit(point, components, positions, value))));
            }
        }
        return new Sweep(axes, cells);
    }

    private Map<Integer, List<Integer>> chosen(Planning planning) {
        List<Planning.Head> all = new ArrayList<>();
        for (HeadName name : heads) {
            all.add(name.in(planning.model().shape()));
        }
        if (headsFrom != null) {
            all.addAll(planning.found(headsFrom));
        }
        Map<Integer, List<Integer>> byLayer = new java.util.TreeMap<>();
        for (Planning.Head head : all) {
            List<Integer> list = byLayer.computeIfAbsent(head.layer(), k -> new ArrayList<>());
            if (!list.contains(head.head())) {
                list.add(head.head());
            }
        }
        return byLayer;
    }

    @Override
    public String describe() {
        return "`" + ablate.site().canonical() + "` replaced by " + with.describe()
                + (at.equals("everywhere") ? "" : " at " + at);
    }
}
