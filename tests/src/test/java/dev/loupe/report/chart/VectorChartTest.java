package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorChartTest {
    /** (3, 4) has length 5 and lies up and to the right; all panels share one scale. */
    @Test
    void vectorsPointFromTheMiddle() {
        Drawn drawn = Drawn.of(
                Figure.VECTORS,
                new double[] {3, 4, -3, 0},
                Axis.counted("feature", 2),
                new Axis("dim", List.of("0", "1")));
        assertThat(drawn.panel(0).select(".vector title").eachText())
                .containsExactly("feature 0: (3, 4), length 5", "feature 1: (−3, 0), length 3");
        List<Double> across = drawn.numbers("circle.tip", "cx");
        List<Double> up = drawn.numbers("circle.tip", "cy");
        double middle = drawn.numbers("circle.unit", "cx").get(0);
        assertThat(across.get(0) - middle).isEqualTo(middle - across.get(1), within(.11));
        assertThat((middle - up.get(0)) / (across.get(0) - middle)).isEqualTo(4 / 3.0, within(.01));
    }

    /** Two vectors on one another: both names can be read, and a long one at the edge ends on the picture. */
    @Test
    void namesOfVectorsDoNotCoverOneAnother() {
        Drawn drawn = Drawn.of(
                Figure.VECTORS,
                new double[] {1, 0, 1, 0.01, -1, 0},
                new Axis("feature", List.of("Monday", "Tuesday", "Wednesday")),
                new Axis("dim", List.of("0", "1")));
        List<Double> y = drawn.numbers(".vector text", "y");
        assertThat(y).hasSize(3);
        assertThat(Math.abs(y.get(0) - y.get(1))).isGreaterThanOrEqualTo(11.9);
        assertThat(drawn.numbers(".vector text", "x").get(2)).isGreaterThanOrEqualTo(7 * "Wednesday".length() / 2.0);
    }
}
