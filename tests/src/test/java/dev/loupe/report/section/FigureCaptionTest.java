package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.chart.Chart;
import dev.loupe.report.chart.Charts;
import dev.loupe.report.chart.Plotted;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which numbers a caption names. */
class FigureCaptionTest {
    private static final double[] VALUES = {.1, -.7, .3, Double.NaN, -.2, .6, .6, 0};

    private static List<String> caption(Figure figure, Side side) {
        Quantity quantity = new Quantity(
                "q",
                "t",
                "d",
                figure,
                "",
                new NamedArray(List.of(Axis.counted("layer", 2), Axis.counted("neuron", 4)), VALUES),
                null,
                new NullBand("draws", new double[] {.5, .4}, side));
        Chart chart = Charts.of(figure);
        return FigureCaption.of(Plotted.of(quantity), chart, null, 0);
    }

    /** A histogram counts neurons without saying which; the undefined one is none of them, and of equal ones the first comes first. */
    @Test
    void aHistogramNamesTheFiveThatShowMost() {
        assertThat(caption(Figure.HISTOGRAM, Side.HIGHER))
                .contains("Largest: L1N1: 0.600; L1N2: 0.600; L0N2: 0.300; L0N0: 0.100; L1N3: 0.");
        assertThat(caption(Figure.HISTOGRAM, Side.LOWER))
                .contains("Smallest: L0N1: −0.700; L1N0: −0.200; L1N3: 0; L0N0: 0.100; L0N2: 0.300.");
        assertThat(caption(Figure.HISTOGRAM, Side.BOTH))
                .contains("Largest in magnitude: L0N1: −0.700; L1N1: 0.600; L1N2: 0.600; L0N2: 0.300; L1N0: −0.200.");
    }

    /** Nothing was sampled where all 3,481 pairs of a modulus of 59 were read; what lacks both says so. */
    @Test
    void exactNumbersSayOfHowManyRowsTheyAre() {
        NamedArray number = NamedArray.scalar(.5);
        Setting all =
                new Setting("m", "d", "accuracy", "", List.of(), List.of(), "", "", List.of("m"), List.of(), 3481);
        Quantity exact = new Quantity("q", "t", "d", Figure.NUMBER, "", number, null, null, all);
        assertThat(exact.n()).isEqualTo(3481);
        assertThat(FigureCaption.interval(exact)).isEqualTo("Exact numbers: every row that exists was read, n = 3481.");
        Quantity weights = new Quantity("q", "t", "d", Figure.NUMBER, "", number, null, null);
        assertThat(weights.n()).isNull();
        assertThat(FigureCaption.interval(weights)).isEqualTo("No interval was computed for these numbers.");
        Quantity sampled = new Quantity(
                "q", "t", "d", Figure.NUMBER, "", number, new Interval(number, number, .95, "bootstrap", 9), null, all);
        assertThat(sampled.n()).isEqualTo(9);
    }

    /** On a map every number has its place. */
    @Test
    void aMapNamesTheOneThatShowsMost() {
        assertThat(caption(Figure.MAP, Side.HIGHER)).contains("Largest: L1N1: 0.600.");
    }
}
