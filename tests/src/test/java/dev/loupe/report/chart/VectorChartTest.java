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
}
