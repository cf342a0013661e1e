package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripChartTest {
    /** 1, 2 and 10: the median is 2, and dots lie where their numbers are. */
    @Test
    void dotsStandAtTheirNumbersAndTheBarAtTheMedian() {
        Drawn drawn = Drawn.of(Figure.STRIP, new double[] {1, 10, 2}, Axis.counted("draw", 3));
        List<Double> dots = drawn.numbers("circle.point", "cx");
        assertThat(dots.get(1) - dots.get(0)).isEqualTo(9 * (dots.get(2) - dots.get(0)), within(.9));
        assertThat(drawn.panel(0).select("path.median title").text()).isEqualTo("median 2");
        assertThat(drawn.panel(0).select("path.median").attr("d"))
                .startsWith("M" + drawn.panel(0).select("circle.point").get(2).attr("cx") + " ");
    }
}
