package dev.loupe.intervention.select;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.Component;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ends of the paths of one model: which components of which points.
 *
 * @param named whether they are points that the spec names; what a measurement finds is not known before it has run
 * @param logits whether the path ends at the final residual stream, which leaves {@code points} empty
 */
public record Receivers(boolean named, boolean logits, Map<HookPoint, List<Integer>> points) {
    /** @param linear whether an MLP receives the normalised residual stream, whose scale is frozen */
    public static Receivers of(
            Planning planning,
            List<ReceiverName> to,
            @Nullable Found headsFrom,
            ReceiverName.Input input,
            boolean linear) {
        ModelShape shape = planning.model().shape();
        Map<HookPoint, List<Integer>> points = new LinkedHashMap<>();
        boolean logits = false;
        for (ReceiverName name : to) {
            if (name.input() == ReceiverName.Input.LOGITS) {
                logits = true;
                continue;
            }
            HookPoint point = point(planning, name.input(), name.layer(), linear);
            HeadName head = name.head();
            if (head == null) {
                note(points, point, -1);
            } else {
                boolean keys = point.site().axes().contains("kv_head");
                note(
                        points,
                        point,
                        keys ? head.keyValueIn(shape) : head.in(shape).head());
            }
        }
        if (headsFrom != null) {
            for (Component head : planning.found(headsFrom, ComponentKind.HEAD)) {
                HookPoint point = point(planning, input, head.layer(), linear);
                boolean keys = point.site().axes().contains("kv_head");
                note(points, point, keys ? head.index() / (shape.heads() / shape.kvHeads()) : head.index());
            }
        }
        return new Receivers(headsFrom == null && !logits, logits, points);
    }

    private static HookPoint point(Planning planning, ReceiverName.Input input, int layer, boolean linear) {
        return planning.point(
                switch (input) {
                    case Q -> Site.Q;
                    case K -> Site.K;
                    case V -> Site.V;
                    default -> linear && planning.has(Site.LN2_NORMALIZED) ? Site.LN2_NORMALIZED : Site.MLP_IN;
                },
                layer);
    }

    private static void note(Map<HookPoint, List<Integer>> points, HookPoint point, int head) {
        List<Integer> heads = points.computeIfAbsent(point, k -> new ArrayList<>());
        if (head >= 0 && !heads.contains(head)) {
            heads.add(head);
        }
    }

    /** The last layer that has one, -1 where there is none. */
    public int last() {
        return points.keySet().stream().mapToInt(HookPoint::layer).max().orElse(-1);
    }

    public List<Edit> writing(EditValue value) {
        List<Edit> edits = new ArrayList<>();
        points.forEach((point, heads) -> edits.add(new Edit(point, heads, new Positions.All(), value)));
        return edits;
    }
}
