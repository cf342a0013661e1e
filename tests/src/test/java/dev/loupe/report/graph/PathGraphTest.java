package dev.loupe.report.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.chart.Plotted;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class PathGraphTest {
    private static final Plotted ONE = Plotted.of(new Quantity(
            "a",
            "A",
            "",
            Figure.MAP,
            "",
            new NamedArray(List.of(new Axis("layer", List.of("0"))), new double[] {1}),
            null,
            null));

    private static PathEdge edge(int from, int to) {
        return new PathEdge(new PathEdge.Sender(from, "L" + from + ".mlp"), "L" + to + ".mlp", "", to, ONE, 0);
    }

    private static Document drawn(List<PathEdge> edges) {
        GraphStyle style = GraphStyle.paths(100);
        return Jsoup.parse(new PathGraph(edges, style).svg("graph"));
    }

    private static List<Double> rows(Document svg) {
        return svg.select("rect.node").stream()
                .map(node -> Double.parseDouble(node.attr("y")))
                .toList();
    }

    /** In a deep model few layers send at a time: a chain of thirty needs no thirty lanes, and one past it a second. */
    @Test
    void aLaneIsFreeBehindItsLastReceiver() {
        List<PathEdge> chain = new ArrayList<>();
        for (int layer = 0; layer < 29; layer++) {
            chain.add(edge(layer, layer + 1));
        }
        assertThat(rows(drawn(chain)))
                .hasSize(30)
                .containsOnly(rows(drawn(chain)).get(0));
        chain.add(edge(3, 20));
        Document svg = drawn(chain);
        assertThat(rows(svg).stream().distinct()).hasSize(2);
        // The long path runs in the lane of its sender, where no node stands between it and its receiver.
        double lane = rows(svg).get(3);
        for (int layer = 4; layer < 20; layer++) {
            assertThat(rows(svg).get(layer)).as("layer %s", layer).isNotEqualTo(lane);
        }
    }

    @Test
    void inASmallGraphEachNodeHasItsOwn() {
        Document svg = drawn(List.of(edge(0, 1), edge(1, 2), edge(2, 3)));
        assertThat(rows(svg)).doesNotHaveDuplicates().hasSize(4);
        assertThat(svg.select("rect.node title").stream().map(Element::text))
                .containsExactlyInAnyOrder("L0.mlp", "L1.mlp", "L2.mlp", "L3.mlp");
    }
}
