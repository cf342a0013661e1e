package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import java.util.List;
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

    @Test
    void negativeBarsEndAtZero() {
        Drawn drawn = Drawn.of(Figure.BARS, new double[] {-2, 2}, new Axis("class", List.of("a", "b")));
        List<Double> from = drawn.numbers(".bars rect.bar", "x");
        List<Double> widths = drawn.numbers(".bars rect.bar", "width");
        assertThat(from.get(0) + widths.get(0)).isEqualTo(from.get(1), within(.11));
    }
}
