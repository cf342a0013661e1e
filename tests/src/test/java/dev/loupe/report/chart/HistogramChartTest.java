package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramChartTest {
    /** Four numbers other than zero in bins, zeros and undefined ones in words. */
    @Test
    void zerosAndUndefinedNumbersAreToldApart() {
        Drawn drawn =
                Drawn.of(Figure.HISTOGRAM, new double[] {0, 0, 1, 1, 1, 9, Double.NaN}, Axis.counted("neuron", 7));
        assertThat(drawn.panel(0).select("text").eachText())
                .contains("4 values other than zero, 2 exact zeros, 1 undefined");
        assertThat(drawn.panel(0).select(".bar rect title").eachText())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("3 in [");
        List<Double> heights = drawn.numbers(".bar rect", "height");
        assertThat(heights.get(0)).isEqualTo(3 * heights.get(1), within(.31));
    }

    /** Five bars of 1,000, 5, 4, 3 and 3: on an even scale four of them would have no height that anybody sees. */
    @Test
    void aTailIsVisible() {
        double[] values = new double[1015];
        Arrays.fill(values, 0, 1000, 0.5);
        int at = 1000;
        for (int[] bar : new int[][] {{3, 5}, {5, 4}, {7, 3}, {9, 3}}) {
            Arrays.fill(values, at, at += bar[1], bar[0]);
        }
        Drawn drawn = Drawn.of(Figure.HISTOGRAM, values, Axis.counted("neuron", 1015));
        assertThat(drawn.panel(0).select("text").eachText()).contains("1", "10", "100", "1,000");
        assertThat(drawn.numbers(".bar rect", "height")).hasSize(5).allMatch(height -> height > 20);
    }

    /** There is no half of a neuron: two counts of 1 have no tick between. */
    @Test
    void ticksOfCountsAreWhole() {
        Drawn drawn = Drawn.of(Figure.HISTOGRAM, new double[] {-1.2, 3.4}, Axis.counted("neuron", 2));
        assertThat(drawn.panel(0).select("text").eachText())
                .contains("count", "0", "1")
                .doesNotContain("0.5", "1.0");
    }

    /** Two seeds have the bins of both, so that a number is at the same place; two layers have their separate ones. */
    @Test
    void modelsBesideEachOtherHaveOneScale() {
        double[] values = {1, 1, 1, 9, 9, 9, 100, 100, 100, 900, 900, 900};
        Drawn seeds = Drawn.of(Figure.HISTOGRAM, values, Axis.counted("seed", 4), Axis.counted("neuron", 3));
        assertThat(ticks(seeds, 0)).isEqualTo(ticks(seeds, 3)).contains("800");
        assertThat(seeds.panel(0).select(".bar rect").attr("height"))
                .isEqualTo(seeds.panel(3).select(".bar rect").attr("height"));
        Drawn layers = Drawn.of(
                Figure.HISTOGRAM, values, Axis.counted("layer", 2), Axis.counted("seed", 2), Axis.counted("neuron", 3));
        assertThat(ticks(layers, 0)).isEqualTo(ticks(layers, 1)).isNotEqualTo(ticks(layers, 2));
    }

    private static List<String> ticks(Drawn drawn, int panel) {
        return drawn.panel(panel).select("text").eachText().stream()
                .filter(text -> text.matches("[0-9]+"))
                .toList();
    }

    /** Two seeds, 20 pairs and 3 neurons: 40 panels would be too many, so each seed has one of 60 numbers. */
    @Test
    void manyPanelsArePooledFromTheLastAxis() {
        double[] values = new double[120];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        Drawn drawn = Drawn.of(
                Figure.HISTOGRAM, values, Axis.counted("seed", 2), Axis.counted("pair", 20), Axis.counted("neuron", 3));
        assertThat(drawn.drawing().panels()).hasSize(2);
        assertThat(drawn.panel(1).select("text").eachText()).contains("60 values other than zero, 0 exact zeros");
        assertThat(drawn.drawing().caption()).contains("A panel counts the numbers of every pair and neuron together.");
    }
}
