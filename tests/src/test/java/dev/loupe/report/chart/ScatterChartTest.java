package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

class ScatterChartTest {
    private static final Axis XY = new Axis("xy", List.of("x", "y"));

    @Test
    void fewPointsHaveNamesAndHints() {
        Drawn drawn =
                Drawn.of(Figure.SCATTER, new double[] {1, 2, 3, -4}, new Axis("head", List.of("L0H0", "L0H1")), XY);
        assertThat(drawn.panel(0).select("circle.point title").eachText()).containsExactly("L0H0: 1, 2", "L0H1: 3, −4");
    }

    /** One number from two sources is held against the line where both are equal, whatever it is called. */
    @Test
    void theLineOfEqualityIsDrawnWhereTheSceneSaysSo() {
        Quantity points = new Quantity(
                "a.estimate-exact",
                "t",
                "d",
                Figure.SCATTER,
                "u",
                new NamedArray(List.of(new Axis("head", List.of("L0H0", "L0H1")), XY), new double[] {0, 1, 4, 3}),
                null,
                null);
        Drawing alone = Charts.draw(points, Scene.ALONE, PageDetail.FROM_FULL.get(0));
        Drawing twice = Charts.draw(points, Scene.TWICE, PageDetail.FROM_FULL.get(0));
        assertThat(new Drawn(alone).panel(0).select(".diagonal")).isEmpty();
        assertThat(new Drawn(twice).panel(0).select(".diagonal")).hasSize(1);
        assertThat(alone.caption()).isEmpty();
        assertThat(twice.caption()).containsExactly("Dashed: where both are equal.");
    }

    /** Undefined points are left out; the others keep their order, from which the script knows their numbers. */
    @Test
    void aCloudHasOneShortMarkForEachPoint() {
        double[] values = new double[400];
        values[10] = Double.NaN;
        Drawn drawn = Drawn.of(Figure.SCATTER, values, Axis.counted("point", 200), XY);
        assertThat(drawn.panel(0).select("g.cloud").attr("data-cloud")).isEqualTo("0");
        assertThat(drawn.panel(0).select("g.cloud circle")).hasSize(199).allMatch(circle -> !circle.hasAttr("class"));
    }

    /** Two numbers of one thing, as single cells of single rows, are held against it too. */
    @Test
    void theLineOfEqualityIsDrawnBetweenEstimateAndExact() {
        Axis both = new Axis("value", List.of("estimate", "exact"));
        Drawn drawn = Drawn.of(Figure.SCATTER, new double[] {0, 1, 4, 3}, Axis.counted("point", 2), both);
        assertThat(drawn.panel(0).select(".diagonal")).hasSize(1);
        assertThat(drawn.drawing().caption()).containsExactly("Dashed: where both are equal.");
    }

    /** Names of points close together go to their other sides; one that finds no place is left to its point. */
    @Test
    void namesCoverNeitherOneAnotherNorPoints() {
        double[] values = new double[24];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            values[2 * i] = i < 10 ? 5 + i * .02 : i;
            values[2 * i + 1] = i < 10 ? 5 - i * .02 : 0;
            names.add("L0H" + i);
        }
        Drawn drawn = Drawn.of(Figure.SCATTER, values, new Axis("component", names), XY);
        Elements points = drawn.panel(0).select("circle.point");
        assertThat(points).hasSize(12);
        List<Element> written = drawn.panel(0).select("text").stream()
                .filter(text -> text.text().startsWith("L0H"))
                .toList();
        assertThat(written)
                .extracting(Element::text)
                .contains("L0H0", "L0H10", "L0H11")
                .hasSizeBetween(4, 11);
        for (Element name : written) {
            double y = Double.parseDouble(name.attr("y"));
            double x = Double.parseDouble(name.attr("x"));
            boolean before = (name.className() + " " + name.parent().className()).contains("end");
            double wide = name.text().length() * 7;
            assertThat(points).as(name.text()).noneMatch(point -> {
                double px = Double.parseDouble(point.attr("cx"));
                double py = Double.parseDouble(point.attr("cy"));
                double left = before ? x - wide : x;
                return px > left && px < left + wide && py > y - 9 && py < y + 2;
            });
        }
    }
}
