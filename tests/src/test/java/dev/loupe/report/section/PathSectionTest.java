package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.report.DemoRun;
import dev.loupe.report.PageModel;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The graph of patched paths, and terms that are held against their sum. */
class PathSectionTest {
    private static final String LD = "logit difference at END";

    private static Quantity paths(String name, List<String> receivers, double... values) {
        return new Quantity(
                name,
                "Paths",
                "",
                Figure.AUTO,
                "share recovered",
                new NamedArray(List.of(new Axis("layer", List.of("3", "4")), Axis.counted("head", 2)), values),
                null,
                null,
                new Setting("m", "d", LD, "", List.of(name), receivers));
    }

    @Test
    void strongPathsAreDrawnAndWeakOnesAreNot() throws TemplateModelException {
        List<Artifact> all = List.of(
                paths("a", List.of("L6H1.q", "L6H1.k"), 0.5, 0.001, -0.25, Double.NaN),
                paths("b", List.of("logits"), 0, 0, 0.1, 0));
        List<PathSection> sections = PathSection.of(all);
        assertThat(sections).hasSize(1);
        PathSection section = sections.get(0);
        assertThat(section.first()).isEqualTo("a");
        assertThat(section.table().rows().stream().map(r -> r.cells().subList(0, 3)))
                .containsExactly(
                        List.of("L3H0", "L6H1", "q, k"),
                        List.of("L4H0", "L6H1", "q, k"),
                        List.of("L4H0", "logits", "final residual stream"));
        Document svg = Jsoup.parse(HTMLOutputFormat.INSTANCE.getMarkupString(section.svg()));
        assertThat(svg.select("rect.node")).hasSize(4);
        // Two of the legend; what works against the answer is dashed, not only coloured.
        assertThat(svg.select("path.edge")).hasSize(5);
        assertThat(svg.select("path.against")).hasSize(2);
        double strong = width(svg, "L3H0 to L6H1");
        double weak = width(svg, "L4H0 to L6H1");
        assertThat(strong / weak).isEqualTo(2, within(0.05));
        assertThat(svg.select("svg").attr("aria-label")).contains("L3H0 to L6H1 (q, k)");
    }

    @Test
    void aGraphDoesNotShiftTheFigureThatComesFirst() {
        RunResult demo = DemoRun.full();
        List<Artifact> all = List.of(
                paths("to-logits", List.of("logits"), 0, 0, 0.1, 0),
                paths("to-keys", List.of("L6H1.k"), 0.2, 0, 0.1, 0));
        for (String wanted : new String[] {"to-keys", "no such figure", ""}) {
            RunResult run = new RunResult(
                    demo.id(),
                    demo.title(),
                    demo.question(),
                    demo.variant(),
                    demo.answer(),
                    demo.claims(),
                    all,
                    demo.provenance(),
                    demo.resolvedSpec(),
                    demo.defaults(),
                    demo.notes(),
                    demo.explain(),
                    wanted.isEmpty() ? Map.of() : Map.of("key-figure", wanted));
            PageModel page = PageModel.of(run, PageDetail.FROM_FULL.get(0));
            assertThat(page.sections()).hasSize(all.size());
            assertThat(page.sections()).hasAtLeastOneElementOfType(PathSection.class);
            assertThat(page.key()).isNotNull();
            assertThat(page.key().id()).isEqualTo(wanted.equals("to-keys") ? "m-to-keys" : "m-to-logits");
        }
    }

    private static double width(Document svg, String hint) {
        return Double.parseDouble(
                svg.select("path:has(title:contains(" + hint + "))").attr("stroke-width"));
    }

    @Test
    void termsAreHeldAgainstTheSameReadingOfTheSameRows() {
        double[] values = new double[30];
        java.util.Arrays.fill(values, 0.1);
        values[7] = -5;
        values[9] = 7;
        List<String> labels =
                Axis.counted("x", 30).labels().stream().map(l -> "L0H" + l).toList();
        Quantity terms = new Quantity(
                "direct",
                "Terms",
                "",
                Figure.BARS,
                "logits",
                new NamedArray(List.of(new Axis("component", labels)), values),
                null,
                null,
                new Setting("m", "d", "", LD, List.of(), List.of()));
        Artifact apart = number("whole", 4.75, new Setting("m", "d", LD, "", List.of(), List.of()));
        Artifact edited = number("edited", 1, new Setting("m", "d", LD, "", List.of("lost"), List.of()));
        Artifact elsewhere = number("other", 2, new Setting("m", "e", LD, "", List.of(), List.of()));
        DataTable check = Attribution.check(terms, List.of(edited, elsewhere, terms, apart));
        assertThat(check.headers().get(1)).contains("whole");
        assertThat(check.rows().get(0).cells()).startsWith("4.800", "4.750");
        assertThat(check.rows().get(0).cells().get(2)).isEqualTo("0.0500");
        Quantity models = new Quantity(
                "direct",
                "Terms",
                "",
                Figure.BARS,
                "logits",
                new NamedArray(
                        List.of(
                                new Axis("seed", List.of("1")),
                                Axis.counted("checkpoint", 4),
                                Axis.counted("component", 3)),
                        new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
                null,
                null,
                new Setting("m", "d", "", LD, List.of(), List.of()));
        DataTable sums = Attribution.check(models, List.of(apart));
        assertThat(sums.headers()).as("one number is not that of four models").hasSize(1);
        assertThat(sums.rows()).extracting(row -> row.cells().get(0)).containsExactly("6", "15", "24", "33");
        Quantity shortened = Attribution.shortened(terms);
        assertThat(shortened.estimate().axes().get(0).labels())
                .hasSize(20)
                .startsWith("L0H9", "L0H7")
                .endsWith("other 12 terms", "sum of all 30");
        assertThat(shortened.estimate().data()[18]).isEqualTo(1.2, within(1e-9));
        assertThat(shortened.estimate().data()[19]).isEqualTo(4.8, within(1e-9));
    }

    private static Quantity number(String name, double value, Setting setting) {
        return new Quantity(
                name,
                name,
                "",
                Figure.NUMBER,
                "logits",
                new NamedArray(List.of(), new double[] {value}),
                null,
                null,
                setting);
    }
}
