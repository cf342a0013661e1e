package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import org.junit.jupiter.api.Test;

class MapChartTest {
    /** Three seeds of one layer are one map of three rows, not three maps of one. */
    @Test
    void modelsAreTheRowsOfASingleLayer() {
        Drawn drawn = Drawn.of(
                Figure.MAP,
                new double[] {1, 2, 3, 4, 5, 6},
                Axis.counted("seed", 3),
                Axis.counted("layer", 1),
                Axis.counted("head", 2));
        assertThat(drawn.drawing().panels()).hasSize(1);
        assertThat(drawn.panel(0).select("svg").attr("data-map")).endsWith(" 2 3 0");
        assertThat(drawn.panel(0).select("text.axis").eachText()).containsExactly("seed", "head");
    }

    /** So many cells are a picture; its cells can still be pointed at. */
    @Test
    void aPictureKnowsWhereItsCellsAre() {
        Drawn drawn = Drawn.of(Figure.MAP, new double[6400], Axis.counted("a", 80), Axis.counted("b", 80));
        assertThat(drawn.panel(0).select("image.pixels")).hasSize(1);
        assertThat(drawn.panel(0).select("svg").attr("data-map")).endsWith(" 80 80 0");
    }
}
