package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.List;
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

    /** Of two names on one another the first is written; the third is far from both. */
    @Test
    void namesThatWouldCoverOneAnotherAreLeftToTheirPoints() {
        double[] values = {1, 1, 1.01, 1.01, 5, 9};
        Drawn drawn = Drawn.of(Figure.SCATTER, values, new Axis("component", List.of("L0H0", "L0H1", "L1H0")), XY);
        assertThat(drawn.panel(0).select("text").eachText())
                .contains("L0H0", "L1H0")
                .doesNotContain("L0H1");
        assertThat(drawn.panel(0).select(".point")).hasSize(3);
    }
}
