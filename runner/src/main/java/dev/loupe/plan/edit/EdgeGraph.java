package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The edges of a model's computational graph: what heads, MLPs and the token embedding write into the residual stream, and the
 * queries, keys and values of every head, the MLPs and the logits that read it. Positions and biases are the same in both
 * runs of a pair and have no edges.
 */
public final class EdgeGraph {
    /** Between the two ends in an edge's name. */
    public static final String ARROW = "->";

    /**
     * Patched edges into one point that are listed as they are, however few others there are. Short lists cost little, and the sum
     * keeps its order in small models.
     */
    private static final int SHORT = 256;

    private final ModelShape shape;
    private final List<Start> starts;
    private final List<End> ends;
    private final Map<String, Integer> startOf;
    private final Map<String, Integer> endOf;

    public EdgeGraph(ModelShape shape) {
        this.shape = shape;
        this.starts = starts(shape);
        this.ends = ends(shape);
        this.startOf = places(starts.stream().map(Start::label).toList());
        this.endOf = places(ends.stream().map(End::label).toList());
    }

    private static Map<String, Integer> places(List<String> labels) {
        Map<String, Integer> places = new HashMap<>();
        labels.forEach(label -> places.put(label, places.size()));
        return places;
    }

    public ModelShape shape() {
        return shape;
    }

    /**
     * A writer.
     *
     * @param adds where what it adds to the residual stream stands, a head's beside those of the other heads of its layer
     * @param layer -1 for the embedding
     * @param head -1 where it is no head
     */
    public record Start(String label, Site site, Site adds, int layer, int head) {
        public HookPoint output() {
            return HookPoint.of(adds, layer);
        }

        public HookPoint point() {
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
    public record End(String label, Site site, Site input, int layer, int head) {
        public HookPoint reads() {
            return HookPoint.of(input, input == Site.RESID_POST ? layer - 1 : layer);
        }
    }

    /** In the order of the network. */
    public List<Start> starts() {
        return starts;
    }

    private static List<Start> starts(ModelShape shape) {
        List<Start> all = new ArrayList<>();
        all.add(new Start("embed", Site.EMBED, Site.EMBED, -1, -1));
        // Where a norm stands on the sum of the heads, a head adds its share of what the norm leaves.
        Site heads = shape.outputNorms() ? Site.RESULT_POST : Site.RESULT;
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int head = 0; head < shape.heads(); head++) {
                all.add(new Start("L" + layer + "H" + head, Site.Z, heads, layer, head));
            }
            if (!shape.attentionOnly()) {
                all.add(new Start(layer + "_mlp_out", Site.MLP_OUT, Site.MLP_OUT, layer, -1));
            }
        }
        return List.copyOf(all);
    }

    /** In the order of the network. */
    public List<End> ends() {
        return ends;
    }

    private static List<End> ends(ModelShape shape) {
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
        return List.copyOf(all);
    }

    /** Whether what starts there comes before what ends here. */
    public boolean edge(Start start, End end) {
        boolean within = start.layer() == end.layer() && start.head() >= 0 && end.site() == Site.MLP_IN;
        return start.layer() < end.layer() || (within && !shape.parallel());
    }

    /** Every edge by its index on the two axes. */
    public List<Integer> edges() {
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

    /** Every edge from the logits down: whoever reads last comes first, and of what it reads the latest writer. */
    public List<Integer> fromTheLogits() {
        int width = ends.size();
        return edges().stream()
                .sorted(Comparator.comparingInt((Integer e) -> -(e % width)).thenComparingInt(e -> -(e / width)))
                .toList();
    }

    /** The edges that leave the component whose input an edge ends at; none where that is the logits. */
    public List<Integer> after(int edge) {
        End end = ends.get(edge % ends.size());
        int group = shape.heads() / shape.kvHeads();
        boolean shared = end.site() == Site.K || end.site() == Site.V;
        return edges().stream()
                .filter(e -> {
                    Start start = starts.get(e / ends.size());
                    int head = shared && start.head() >= 0 ? start.head() / group : start.head();
                    return start.layer() == end.layer() && head == end.head();
                })
                .toList();
    }

    /** {@code L0H1->L1H0.q}. */
    public String name(int edge) {
        return starts.get(edge / ends.size()).label()
                + ARROW
                + ends.get(edge % ends.size()).label();
    }

    /** @throws IllegalArgumentException where the model has no such edge */
    public int named(String name) {
        int arrow = name.indexOf(ARROW);
        Integer start = startOf.get(name.substring(0, arrow));
        Integer end = endOf.get(name.substring(arrow + ARROW.length()));
        if (start == null || end == null) {
            throw new IllegalArgumentException("the model has no edge `" + name + "`: "
                    + (start == null
                            ? "upstream must be `embed`, a head such as `"
                                    + starts.get(1).label() + "`" + mlp("", "_mlp_out")
                            : "downstream must be `" + ends.get(0).label()
                                    + "` (queries, keys or values of a head), `logits`" + mlp("L", ".mlp_in")));
        }
        if (!edge(starts.get(start), ends.get(end))) {
            throw new IllegalArgumentException(
                    "there is no edge `" + name + "`: the upstream component must come before the downstream one");
        }
        return start * ends.size() + end;
    }

    private String mlp(String before, String after) {
        return shape.attentionOnly() ? "" : " or an MLP (`" + before + "0" + after + "`)";
    }

    /** What a run must have kept for others to carry it along edges, in the order of the network. */
    public static List<HookPoint> outputs(Collection<Edit> patching) {
        return patching.stream()
                .flatMap(edit -> edit.value().reads(edit.point()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** What one run changes so that each of these edges carries what another run has there. */
    public List<Edit> patching(Collection<Integer> edges, int run) {
        return patching(edges, run, SHORT);
    }

    /**
     * The same by lists of another length.
     *
     * @param most where more patched edges than this go into one point, and most do, those that are not patched are listed
     */
    public List<Edit> patching(Collection<Integer> edges, int run, int most) {
        BitSet patched = new BitSet();
        edges.forEach(patched::set);
        Map<HookPoint, List<Integer>> into = new TreeMap<>();
        for (int e = 0; e < ends.size(); e++) {
            into.computeIfAbsent(ends.get(e).reads(), k -> new ArrayList<>()).add(e);
        }
        List<HookPoint> outputs = starts.stream().map(Start::output).toList();
        List<Edit> edits = new ArrayList<>();
        into.forEach((point, readers) -> {
            BitSet all = new BitSet();
            for (int s = 0; s < starts.size(); s++) {
                for (int e : readers) {
                    all.set(s * ends.size() + e, edge(starts.get(s), ends.get(e)));
                }
            }
            BitSet these = (BitSet) all.clone();
            these.and(patched);
            boolean others = these.cardinality() > most && 2 * these.cardinality() > all.cardinality();
            if (others) {
                these.xor(all);
            }
            List<IncomingEdges.Incoming> listed = these.stream()
                    .mapToObj(edge -> new IncomingEdges.Incoming(
                            Math.max(0, ends.get(edge % ends.size()).head()),
                            outputs.get(edge / ends.size()),
                            Math.max(0, starts.get(edge / ends.size()).head())))
                    .toList();
            if (others || !listed.isEmpty()) {
                IncomingEdges value = new IncomingEdges(run, listed, others);
                edits.add(new Edit(point, List.of(), new Positions.All(), value));
            }
        });
        return edits;
    }

    public List<Axis> axes() {
        return List.of(
                new Axis("upstream", starts.stream().map(Start::label).toList()),
                new Axis("downstream", ends.stream().map(End::label).toList()));
    }
}
