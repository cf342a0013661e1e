package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class CircuitSectionTest {
    private static final List<Axis> AXES = List.of(
            new Axis("upstream", List.of("embed", "L0H0", "0_mlp_out")),
            new Axis("downstream", List.of("L0H0.q", "L0H0.v", "L0.mlp_in", "logits")));

    private static Quantity map(String name, List<Axis> axes, double... values) {
        return new Quantity(name, "Pruned: kept", "", Figure.MAP, "", new NamedArray(axes, values), null, null);
    }

    private static final double[] KEPT = {
        0, 1, 0, 0, Double.NaN, Double.NaN, 1, 0, Double.NaN, Double.NaN, Double.NaN, 1
    };
    private static final double[] EFFECT = {
        0, -4, .1, 0, Double.NaN, Double.NaN, 2, 0, Double.NaN, Double.NaN, Double.NaN, -8
    };

    private static Document drawn(PathSection section) throws TemplateModelException {
        return Jsoup.parse(HTMLOutputFormat.INSTANCE.getMarkupString(section.svg()));
    }

    @Test
    void everyKeptEdgeIsALineBetweenWhatWritesAndWhatReads() throws TemplateModelException {
        List<PathSection> all = CircuitSection.of(List.of(map("c.kept", AXES, KEPT), map("c.effect", AXES, EFFECT)));
        assertThat(all).hasSize(1);
        PathSection section = all.get(0);
        assertThat(section.first()).isEqualTo("c.kept");
        assertThat(section.table().rows().stream().map(r -> r.cells().subList(0, 3)))
                .containsExactly(
                        List.of("L0.mlp", "logits", "final residual stream"),
                        List.of("embed", "L0H0", "v"),
                        List.of("L0H0", "L0.mlp", "mlp_in"));
        Document svg = drawn(section);
        // An MLP is one node, whether it writes or reads.
        assertThat(svg.select("rect.node title").eachText())
                .containsExactlyInAnyOrder("embed", "L0H0", "L0.mlp", "logits");
        assertThat(svg.select("text.axis, .axis text").eachText())
                .containsExactly("input", "heads 0", "MLP 0", "output");
        assertThat(width(svg, "L0.mlp to logits") / width(svg, "embed to L0H0")).isEqualTo(2, within(.05));
        // What rises without an edge is dashed; one more line of each kind explains them.
        assertThat(svg.select("path.edge:not(.against)")).hasSize(3);
        assertThat(svg.select("path.against")).hasSize(2);
    }

    private static double width(Document svg, String hint) {
        return Double.parseDouble(
                svg.select("path:has(title:contains(" + hint + "))").attr("stroke-width"));
    }

    @Test
    void severalModelsHaveAGraphEachAndAnEmptyCircuitNone() {
        List<Axis> axes = new java.util.ArrayList<>(List.of(new Axis("seed", List.of("4", "5", "6"))));
        axes.addAll(AXES);
        double[] kept = new double[36];
        double[] effect = new double[36];
        System.arraycopy(KEPT, 0, kept, 0, 12);
        System.arraycopy(KEPT, 0, kept, 24, 12);
        List<PathSection> all = CircuitSection.of(List.of(map("c.kept", axes, kept), map("c.effect", axes, effect)));
        assertThat(all.stream().map(PathSection::title))
                .containsExactly("Pruned, seed 4: the graph", "Pruned, seed 6: the graph");
        assertThat(all.stream().map(PathSection::id)).doesNotHaveDuplicates();
    }

    @Test
    void whatHasNoEdgesHasNoGraph() {
        List<Axis> heads = List.of(Axis.counted("layer", 2), Axis.counted("head", 2));
        assertThat(CircuitSection.of(
                        List.of(map("roles.kept", heads, 1, 1, 1, 1), map("roles.effect", heads, 1, 1, 1, 1))))
                .isEmpty();
    }
}
