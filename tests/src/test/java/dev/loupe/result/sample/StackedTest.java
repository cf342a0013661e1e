package dev.loupe.result.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackedTest {
    private static final List<Axis> MODELS = List.of(new Axis("model", List.of("a", "b")), Axis.counted("seed", 2));

    private static Sample rows(double first, double second) {
        return new RowTable(
                List.of(Axis.counted("head", 2)), 2, new double[] {first, 0, second, 2}, new double[] {1, 1, 1, 1});
    }

    private static Stacked stacked() {
        return new Stacked(MODELS, List.of(rows(1, 3), rows(2, 4), rows(5, 7), rows(6, 8)));
    }

    @Test
    void theModelsComeFirst() {
        NamedArray estimate = stacked().estimate();
        assertThat(NamedArray.describe(estimate.axes())).isEqualTo("[model 2, seed 2, head 2]");
        assertThat(estimate.data()).containsExactly(2, 1, 3, 1, 6, 1, 7, 1);
        assertThat(stacked().axes()).isEqualTo(estimate.axes());
        assertThat(stacked().rows()).isEqualTo(2);
    }

    @Test
    void oneLabelOfAnyAxisIsLeft() {
        assertThat(stacked().at("seed", 1).estimate().data()).containsExactly(3, 1, 7, 1);
        assertThat(stacked().at("model", 1).estimate().data()).containsExactly(6, 1, 7, 1);
        assertThat(stacked().at("head", 0).estimate().data()).containsExactly(2, 3, 6, 7);
        assertThat(stacked().at("model", 0).at("seed", 1).estimate().data()).containsExactly(3, 1);
    }

    @Test
    void itsIntervalIsThatOfEachModelAlone() {
        Resampling resampling = new Resampling(200, .9, 4);
        Interval together = stacked().interval(resampling);
        assertThat(together.low().at("model", 1).at("seed", 0))
                .isEqualTo(rows(5, 7).interval(resampling).low());
        assertThat(together.high().at("model", 0).at("seed", 1))
                .isEqualTo(rows(2, 4).interval(resampling).high());
    }

    @Test
    void aMissingModelIsAnError() {
        assertThatThrownBy(() -> new Stacked(MODELS, List.of(rows(1, 3)))).hasMessageContaining("need 4 parts, not 1");
    }
}
