package dev.loupe.analysis;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;

/**
 * The edges of a model's computational graph: what heads, MLPs and the token embedding write into the residual stream, and the
 * queries, keys and values of every head, the MLPs and the logits that read it. Positions and biases are the same in both
 * runs of a pair and have no edges.
 */
record EdgeGraph(ModelShape shape) {
    /**
     * A writer.
     *
     * @param layer -1 for the embedding
     * @param head -1 where it is no head
     */
    record Start(String label, Site site, int layer, int head) {
        /** Where its output stands, a head's beside those of the other heads of its layer. */
        HookPoint output() {
            return HookPoint.of(head >= 0 ? Site.RESULT : site, layer);
        }

        HookPoint point() {
            return HookPoint.of(site, layer);
        }
    }

    /**
     * A reader.
     *
     * @param site what it makes of the residual stream; the stream itself at MLPs and logits
     * @param input a copy of the residual stream of its own
     * @param layer the number of layers for the logits
     */
    record End(String label, Site site, Site input, int layer, int head) {
        HookPoint reads() {
            return HookPoint.of(input, input == Site.RESID_POST ? layer - 1 : layer);
        }
    }

    List<Start> starts() {
        List<Start> all = new ArrayList<>();
        all.add(new Start("embed", Site.EMBED, -1, -1));
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int head = 0; head < shape.heads(); head++) {
                all.add(new Start("L" + layer + "H" + head, Site.Z, layer, head));
            }
            if (!shape.attentionOnly()) {
                all.add(new Start(layer + "_mlp_out", Site.MLP_OUT, layer, -1));
            }
        }
        return all;
    }

    List<End> ends() {
        List<End> all = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            // Head by head, so that a head's three inputs stand together; shared keys and values have heads of their
            // own.
            for (int head = 0; head < shape.heads(); head++) {
                String name = "L" + layer + "H" + head;
                all.add(new End(name + ".q", Site.Q, Site.Q_INPUT, layer, head));
                if (head < shape.kvHeads()) {
                    String keys = shape.kvHeads() < shape.heads() ? "L" + layer + "KV" + head : name;
                    all.add(new End(keys + ".k", Site.K, Site.K_INPUT, layer, head));
                    all.add(new End(keys + ".v", Site.V, Site.V_INPUT, layer, head));
                }
            }
            if (!shape.attentionOnly()) {
                all.add(new End("L" + layer + ".mlp_in", Site.MLP_IN, Site.MLP_IN, layer, -1));
            }
        }
        all.add(new End("logits", Site.RESID_POST, Site.RESID_POST, shape.layers(), -1));
        return all;
    }

    /** Whether what starts there comes before what ends here. */
    boolean edge(Start start, End end) {
        boolean within = start.layer() == end.layer() && start.head() >= 0 && end.site() == Site.MLP_IN;
        return start.layer() < end.layer() || (within && !shape.parallel());
    }

    /** Every edge by its index on the two axes. */
    List<Integer> edges() {
        List<Start> starts = starts();
        List<End> ends = ends();
        List<Integer> all = new ArrayList<>();
        for (int s = 0; s < starts.size(); s++) {
            for (int e = 0; e < ends.size(); e++) {
                if (edge(starts.get(s), ends.get(e))) {
                    all.add(s * ends.size() + e);
                }
            }
        }
        return all;
    }

    List<Axis> axes() {
        return List.of(
                new Axis("upstream", starts().stream().map(Start::label).toList()),
                new Axis("downstream", ends().stream().map(End::label).toList()));
    }
}
