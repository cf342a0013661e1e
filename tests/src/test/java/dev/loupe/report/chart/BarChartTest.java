package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.Side;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class BarChartTest {
    /** Means of 2 and 4 over two seeds: the second bar is twice as long, and each says its seeds. */
    @Test
    void barsAreMeansAndDotsAreSeeds() {
        Drawn drawn = Drawn.of(
                Figure.BARS, new double[] {1, 3, 3, 5}, Axis.counted("seed", 2), new Axis("class", List.of("a", "b")));
        List<Double> widths = drawn.numbers(".bars rect.bar", "width");
        assertThat(widths.get(1)).isEqualTo(2 * widths.get(0), within(.11));
        assertThat(drawn.panel(0).select(".bars title").eachText())
                .containsExactly("a: 2, mean of 2 seeds (1, 3)", "b: 4, mean of 2 seeds (3, 5)");
        List<Double> dots = drawn.numbers(".bars circle", "cx");
        assertThat(dots).hasSize(4);
        // Seeds lie one unit on either side of the end of their bar.
        assertThat(dots.get(1) - dots.get(0)).isEqualTo(widths.get(0), within(.21));
        assertThat(drawn.drawing().caption()).contains("Dots show single networks (2 seeds), bars their mean.");
    }

    /** Eight names of series are wider than the picture: they take two lines or more, and none leaves it. */
    @Test
    void namesOfManySeriesStandOnThePicture() {
        List<String> names = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> "a series of the name " + i)
                .toList();
        Drawn drawn =
                Drawn.of(Figure.BARS, new double[16], new Axis("series", names), new Axis("class", List.of("a", "b")));
        double width = Double.parseDouble(drawn.panel(0).selectFirst("svg").attr("width"));
        List<org.jsoup.nodes.Element> keys = drawn.panel(0).select("text").stream()
                .filter(text -> names.contains(text.text()))
                .toList();
        assertThat(keys)
                .hasSize(8)
                .allMatch(key ->
                        Double.parseDouble(key.attr("x")) + 6.6 * key.text().length() <= width);
        assertThat(keys.stream().map(key -> key.attr("y")).distinct().count()).isGreaterThan(1);
    }

    /** The words at the line of chance, which lies far to the right on a small picture, end before the picture does. */
    @Test
    void whatChanceIsStandsOnThePicture() {
        Quantity quantity = new Quantity(
                "q",
                "t",
                "d",
                Figure.BARS,
                "",
                new NamedArray(
                        List.of(new Axis("side", List.of("a", "b", "c", "d")), new Axis("neuron", List.of("L3N7"))),
                        new double[] {.1, .2, .1, .1}),
                null,
                new NullBand(
                        "draws",
                        IntStream.range(0, 100).mapToDouble(i -> i / 100.).toArray(),
                        Side.BOTH));
        Drawn drawn = new Drawn(Charts.draw(quantity, Scene.ALONE, PageDetail.FROM_FULL.get(0)));
        double width = Double.parseDouble(drawn.panel(0).selectFirst("svg").attr("width"));
        Element words = drawn.panel(0).select("text").stream()
                .filter(text -> text.text().startsWith("chance: "))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(words.attr("x")) + 6.5 * words.text().length())
                .isLessThanOrEqualTo(width);
    }

    /** One layer and three labels are three bars with names, not one group of three colours. */
    @Test
    void whatHasOneIndexIsNoGroup() {
        Drawn drawn = Drawn.of(
                Figure.BARS,
                new double[] {1, 2, 3},
                new Axis("label", List.of("a", "b", "c")),
                new Axis("layer", List.of("0")));
        assertThat(drawn.panel(0).select("rect.bar.c0")).hasSize(3);
        assertThat(drawn.panel(0).select("text.strong, .strong text").eachText())
                .containsExactly("a", "b", "c");
    }

    @Test
    void negativeBarsEndAtZero() {
        Drawn drawn = Drawn.of(Figure.BARS, new double[] {-2, 2}, new Axis("class", List.of("a", "b")));
        List<Double> from = drawn.numbers(".bars rect.bar", "x");
        List<Double> widths = drawn.numbers(".bars rect.bar", "width");
        assertThat(from.get(0) + widths.get(0)).isEqualTo(from.get(1), within(.11));
    }
}
