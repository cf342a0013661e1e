package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class LabelSearchSectionTest {
    private static final List<Axis> AXES = List.of(Axis.counted("seed", 2), new Axis("label", List.of("open", "word")));

    /** Seed by label: open is told by neuron 7 and 9, word by 8 and by none. */
    private static final Map<String, double[]> PARTS = Map.of(
            "auc", new double[] {.9, .8, .95, Double.NaN},
            "layer", new double[] {0, 1, 0, Double.NaN},
            "neuron", new double[] {7, 8, 9, Double.NaN},
            "chance", new double[] {.55, .6, .57, .6},
            "token-auc", new double[] {.7, 1, .7, 1},
            "untrained", new double[] {.65, .7, .65, .7},
            "q", new double[] {.01, .2, .01, 1},
            "found", new double[] {1, 0, 1, 0});

    private static List<Quantity> search() {
        List<Quantity> parts = new ArrayList<>();
        PARTS.forEach((part, values) -> parts.add(new Quantity(
                "find." + part,
                "Search: " + part,
                "formula",
                Figure.TABLE,
                "",
                new NamedArray(AXES, values),
                null,
                null)));
        return parts;
    }

    @Test
    void oneFigureHoldsWhatWasFoundAgainstAllBaselines() throws TemplateModelException {
        FigureSection section = LabelSearchSection.of(search(), name -> "m-" + name.replace('.', '-'))
                .orElseThrow();
        assertThat(section.id()).isEqualTo("m-find-auc");
        assertThat(section.aliases()).hasSize(7).contains("m-find-found", "m-find-q");
        Document svg = Jsoup.parse(HTMLOutputFormat.INSTANCE.getMarkupString(
                section.panels().get(0).svg()));
        assertThat(svg.select("[data-at] > title").eachText())
                .containsExactly(
                        "seed 0, open: 0.900, neuron L0N7; moved labels 0.550, token ids 0.700, untrained 0.650: found",
                        "seed 1, open: 0.950, neuron L0N9; moved labels 0.570, token ids 0.700, untrained 0.650: found",
                        "seed 0, word: 0.800, neuron L1N8; moved labels 0.600, token ids 1, untrained 0.700: not found");
        // Filled where found, hollow where not.
        assertThat(svg.select("[data-at] > circle.dot")).hasSize(2);
        assertThat(svg.select("[data-at] > circle.seed")).hasSize(1);
        // The band ends at the larger of .55 and .57.
        assertThat(svg.select("rect.chanceband > title").first().text()).isEqualTo("open, moved: up to 0.570");
        assertThat(section.table().headers())
                .containsExactly(
                        "label", "seed", "neuron", "AUC", "moved labels", "token ids", "untrained", "q", "found");
        assertThat(section.table().rows().get(2).cells())
                .containsExactly("word", "0", "L1N8", "0.800", "0.600", "1", "0.700", "0.200", "no");
        assertThat(section.caption()).anyMatch(said -> said.contains("2 of 4 pairs of label and model pass"));
    }

    @Test
    void otherTablesOverLabelsStayAsTheyAre() {
        List<Quantity> some = search().stream()
                .filter(quantity -> !quantity.name().equals("find.neuron"))
                .toList();
        assertThat(LabelSearchSection.of(some, name -> name)).isEmpty();
    }
}
