package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {
    /** Seeds and copies differ in their draw alone: they are dots around one line, never panels of their own. */
    @Test
    void manyRepeatsAreDotsAroundTheirMean() {
        int copies = 12;
        double[] values = new double[2 * 3 * copies];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / copies % 3 + (i % 2 == 0 ? 0 : 2);
        }
        Drawn drawn = Drawn.of(
                Figure.LINES,
                values,
                Axis.counted("seed", 2),
                new Axis("dropout", List.of("0", "0.2", "0.5")),
                new Axis("sparsity", List.of("0.9")),
                Axis.counted("copy", copies));
        assertThat(drawn.drawing().panels()).hasSize(1);
        assertThat(drawn.panel(0).select(".repeats circle")).hasSize(72);
        assertThat(drawn.panel(0).select("path.line")).hasSize(1);
        assertThat(drawn.panel(0).select("circle.dot title").eachText())
                .contains("sparsity 0.9 dropout 0.2: 2, mean of 2 seeds × 12 copies (1 to 3)");
        assertThat(drawn.drawing().caption())
                .contains("Dots show single networks (2 seeds × 12 copies), thick lines their mean.");
    }

    /** Of three lines the first lies under the third: it is broader, and so still seen on both sides of it. */
    @Test
    void aLineUnderAnotherIsStillSeen() {
        double[] values = new double[24];
        for (int i = 0; i < 8; i++) {
            values[i] = i;
            values[8 + i] = 7 - i;
            values[16 + i] = i;
        }
        Drawn drawn = Drawn.of(
                Figure.LINES, values, new Axis("by", List.of("exact", "change", "gradient")), Axis.counted("layer", 8));
        assertThat(drawn.panel(0).select("path.line").eachAttr("class"))
                .containsExactly("line under c0", "line c1", "line c2");
    }

    /** Names too long for the end of a line stand beneath the picture, whole, in the order of the lines. */
    @Test
    void longNamesStandBeneath() {
        String first = "One token and two pieces: cosine";
        String second = "One token, and its first piece with another last one: cosine";
        Drawn drawn = Drawn.of(
                Figure.LINES, new double[16], new Axis("what", List.of(first, second)), Axis.counted("layer", 8));
        assertThat(drawn.panel(0).select(".name").eachText()).containsExactly(first, second);
        double height = Double.parseDouble(drawn.panel(0).selectFirst("svg").attr("height"));
        double axis =
                Double.parseDouble(drawn.panel(0).selectFirst("text.axis[y]").attr("y"));
        assertThat(drawn.numbers(".name", "y")).allMatch(y -> y > axis && y < height);
    }

    /** 21 points of a path in three widths: along the path, one line a width, and not a panel for each point. */
    @Test
    void linesRunAlongTheLongestAxisThatHasAnOrder() {
        List<String> points = java.util.stream.IntStream.rangeClosed(0, 20)
                .mapToObj(i -> String.valueOf(i / 20.0))
                .toList();
        Drawn drawn = Drawn.of(
                Figure.LINES, new double[63], new Axis("t", points), new Axis("hidden", List.of("64", "128", "256")));
        assertThat(drawn.drawing().panels()).hasSize(1);
        assertThat(drawn.panel(0).select("path.line")).hasSize(3);
        assertThat(drawn.panel(0).select("text.axis").eachText()).contains("t");
    }
}
