package dev.loupe.plan.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.edit.IncomingEdges.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two layers of four query heads that share two of keys and values, and an MLP: 11 writers (the embedding, and four heads and an
 * MLP of each layer) and 19 readers (four queries, two keys, two values and an MLP of each layer, and the logits).
 */
class EdgeGraphTest {
    private static final int LOGITS = 18;

    private final EdgeGraph graph = new EdgeGraph(shape(false, false, false));

    private static ModelShape shape(boolean attentionOnly, boolean parallel, boolean outputNorms) {
        return new ModelShape(
                "transformer",
                2,
                8,
                4,
                2,
                2,
                32,
                50,
                50,
                16,
                attentionOnly,
                false,
                parallel,
                outputNorms,
                false,
                0,
                List.of(),
                Site.K);
    }

    private static List<String> names(EdgeGraph graph, List<Integer> edges) {
        return edges.stream().map(graph::name).toList();
    }

    @Test
    void whatComesBeforeIsAnEdge() {
        assertThat(graph.axes().get(0).labels())
                .containsExactly(
                        "embed",
                        "L0H0",
                        "L0H1",
                        "L0H2",
                        "L0H3",
                        "0_mlp_out",
                        "L1H0",
                        "L1H1",
                        "L1H2",
                        "L1H3",
                        "1_mlp_out");
        assertThat(graph.axes().get(1).labels())
                .hasSize(19)
                .startsWith(
                        "L0H0.q",
                        "L0KV0.k",
                        "L0KV0.v",
                        "L0H1.q",
                        "L0KV1.k",
                        "L0KV1.v",
                        "L0H2.q",
                        "L0H3.q",
                        "L0.mlp_in",
                        "L1H0.q")
                .endsWith("L1.mlp_in", "logits");
        // Writers before the eight inputs of heads, the MLP, the same of the second layer, and the logits.
        assertThat(graph.edges()).hasSize(8 + 5 + 8 * 6 + 10 + 11).doesNotHaveDuplicates();
        assertThat(new EdgeGraph(shape(false, true, false)).edges())
                .as("an MLP beside the heads of its layer does not read them")
                .hasSize(8 + 1 + 8 * 6 + 6 + 11);
        assertThat(new EdgeGraph(shape(true, false, false)).edges())
                .as("without MLPs")
                .hasSize(8 + 8 * 5 + 9);
    }

    @Test
    void edgesAreNamedByTheirEnds() {
        // The third writer, and the seventh reader of the second layer.
        int edge = 2 * 19 + 9 + 6;
        assertThat(graph.name(edge)).isEqualTo("L0H1->L1H2.q");
        assertThat(graph.named("L0H1->L1H2.q")).isEqualTo(edge);
        ModelShape own = new ModelShape("transformer", 1, 8, 2, 2, 2, 32, 50, 50, 16, true, false, false, 0, List.of());
        assertThat(new EdgeGraph(own).axes().get(1).labels())
                .as("every head has keys of its own")
                .containsExactly("L0H0.q", "L0H0.k", "L0H0.v", "L0H1.q", "L0H1.k", "L0H1.v", "logits");
        assertThatThrownBy(() -> graph.named("L2H0->logits"))
                .hasMessageEndingWith("upstream must be `embed`, a head such as `L0H0` or an MLP (`0_mlp_out`)");
        assertThatThrownBy(() -> graph.named("embed->L0H0.k"))
                .hasMessageEndingWith(
                        "downstream must be `L0H0.q` (queries, keys or values of a head), `logits` or an MLP (`L0.mlp_in`)");
        assertThatThrownBy(() -> new EdgeGraph(shape(true, false, false)).named("0_mlp_out->logits"))
                .hasMessageEndingWith("upstream must be `embed`, a head such as `L0H0`");
        assertThatThrownBy(() -> graph.named("L1H0->L0H0.q"))
                .hasMessage(
                        "there is no edge `L1H0->L0H0.q`: the upstream component must come before the downstream one");
    }

    @Test
    void theLastReaderAndItsLatestWriterComeFirst() {
        List<String> order = names(graph, graph.fromTheLogits());
        assertThat(order)
                .hasSize(82)
                .startsWith("1_mlp_out->logits", "L1H3->logits", "L1H2->logits")
                .endsWith("embed->L0KV0.v", "embed->L0KV0.k", "embed->L0H0.q");
        assertThat(order.subList(9, 13))
                .containsExactly("L0H0->logits", "embed->logits", "L1H3->L1.mlp_in", "L1H2->L1.mlp_in");
    }

    /** A head of the first layer is read by the MLP beside it, nine readers of the second layer and the logits. */
    @Test
    void whatLeavesAReader() {
        assertThat(after("embed->L0H2.q")).hasSize(11).allMatch(name -> name.startsWith("L0H2->"));
        assertThat(after("embed->L0KV1.k"))
                .as("both heads that share the key")
                .hasSize(22)
                .allMatch(name -> name.startsWith("L0H2->") || name.startsWith("L0H3->"));
        assertThat(after("embed->L0KV0.v"))
                .hasSize(22)
                .allMatch(name -> name.startsWith("L0H0->") || name.startsWith("L0H1->"));
        assertThat(after("embed->L0.mlp_in")).hasSize(10).allMatch(name -> name.startsWith("0_mlp_out->"));
        assertThat(after("embed->L1H0.q")).containsExactly("L1H0->L1.mlp_in", "L1H0->logits");
        assertThat(after("embed->logits")).isEmpty();
    }

    private List<String> after(String edge) {
        return names(graph, graph.after(graph.named(edge)));
    }

    private static Edit edit(Site site, int layer, boolean others, Incoming... listed) {
        return new Edit(
                HookPoint.of(site, layer),
                List.of(),
                new Positions.All(),
                new IncomingEdges(7, List.of(listed), others));
    }

    @Test
    void edgesIntoOnePointAreOneEdit() {
        HookPoint heads = HookPoint.of(Site.RESULT, 0);
        List<Integer> edges = List.of(
                graph.named("L0H1->L1H2.q"),
                graph.named("embed->L1H0.q"),
                graph.named("L0H3->L1KV1.v"),
                graph.named("0_mlp_out->logits"));
        assertThat(graph.patching(edges, 7))
                .containsExactlyInAnyOrder(
                        edit(
                                Site.Q_INPUT,
                                1,
                                false,
                                new Incoming(0, HookPoint.of(Site.EMBED), 0),
                                new Incoming(2, heads, 1)),
                        edit(Site.V_INPUT, 1, false, new Incoming(1, heads, 3)),
                        // The logits read the residual stream behind the last block.
                        edit(Site.RESID_POST, 1, false, new Incoming(0, HookPoint.of(Site.MLP_OUT, 0), 0)));
        assertThat(graph.patching(List.of(), 7)).isEmpty();
        EdgeGraph normed = new EdgeGraph(shape(false, false, true));
        assertThat(EdgeGraph.outputs(
                        normed.patching(List.of(normed.named("L1H1->logits"), normed.named("L0H0->logits")), 7)))
                .containsExactly(HookPoint.of(Site.RESULT_POST, 0), HookPoint.of(Site.RESULT_POST, 1));
    }

    /** Where more than {@code most} edges into a point are patched and these are most of its edges, the others are listed. */
    @Test
    void theShorterListIsWritten() {
        assertThat(listed(LOGITS, 10, 3)).isEqualTo(new Listed(true, 1));
        assertThat(listed(LOGITS, 11, 3)).isEqualTo(new Listed(true, 0));
        assertThat(listed(LOGITS, 10, 10)).as("not more than ten").isEqualTo(new Listed(false, 10));
        assertThat(listed(LOGITS, 6, 3)).as("6 of 11 are most").isEqualTo(new Listed(true, 5));
        assertThat(listed(LOGITS, 5, 3)).as("5 of 11 are not").isEqualTo(new Listed(false, 5));
        assertThat(listed(LOGITS - 1, 5, 3)).as("nor are 5 of 10").isEqualTo(new Listed(false, 5));
        assertThat(listed(LOGITS, 11, 256)).isEqualTo(new Listed(false, 11));
    }

    private record Listed(boolean others, int edges) {}

    /** @param patched how many edges into a reader are patched, the latest writers first */
    private Listed listed(int reader, int patched, int most) {
        List<Integer> into = new ArrayList<>(IntStream.range(0, 11)
                .map(writer -> (10 - writer) * 19 + reader)
                .filter(graph.edges()::contains)
                .boxed()
                .toList());
        List<Edit> edits = graph.patching(into.subList(0, patched), 7, most);
        assertThat(edits).hasSize(1);
        IncomingEdges value = (IncomingEdges) edits.get(0).value();
        assertThat(value.edges()).doesNotHaveDuplicates();
        return new Listed(value.others(), value.edges().size());
    }
}
