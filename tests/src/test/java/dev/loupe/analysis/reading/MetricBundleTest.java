package dev.loupe.analysis.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.WrittenLogits;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.token.Accuracy;
import dev.loupe.metric.token.Loss;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricBundleTest {
    private static final ModelShape SHAPE =
            new ModelShape("transformer", 1, 4, 1, 1, 4, 0, 5, 5, 8, true, false, false, 0, List.of());

    private static MetricBundle bundle(Metric... metrics) {
        return new MetricBundle(List.of("one", "two").subList(0, metrics.length), List.of(metrics));
    }

    @Test
    void axesOfTheMetricsComeAfterThatOfTheirNames() {
        Loss loss = new Loss("text", "kind", null);
        Accuracy accuracy = new Accuracy("text", Accuracy.Of.TOKENS, "kind", null);
        MetricBundle both = bundle(loss, accuracy);
        assertThat(both.axes(SHAPE, WrittenLogits.ref()))
                .containsExactly(new Axis("metric", List.of("one", "two")), new Axis("label", List.of("a", "b", "c")));
        assertThat(bundle(loss).axes(SHAPE, WrittenLogits.ref()))
                .containsExactly(new Axis("label", List.of("a", "b", "c")));
        RowValues values = WrittenLogits.read(both);
        // [row][metric][a, b, c]
        assertThat(values.denominator()).containsExactly(1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0);
        double[] wanted = {-Math.log(.5), -Math.log(.7), 0, 1, 1, 0, 0, -Math.log(.5), 0, 0, 1, 0};
        for (int i = 0; i < wanted.length; i++) {
            assertThat(values.numerator()[i]).as("value " + i).isEqualTo(wanted[i], within(1e-6));
        }
        assertThat(both.perComponent(SHAPE, WrittenLogits.ref(), m -> m == loss ? 1 : 2))
                .containsExactly(1., 1., 1., 2., 2., 2.);
    }

    @Test
    void metricsOfUnlikeAxesAreNotReadTogether() {
        assertThatThrownBy(() -> bundle(new Loss("text", "kind", null), new Loss("answer", Reduction.FIRST))
                        .axes(SHAPE, WrittenLogits.ref()))
                .hasMessageContaining("`one` has")
                .hasMessageContaining("must have the same axes");
    }

    @Test
    void whatOneOfThemLacksIsRefused() {
        MetricBundle both = bundle(new Loss("text", Reduction.FIRST), new Loss("nowhere", Reduction.FIRST));
        assertThatThrownBy(() -> both.check(WrittenLogits.rows())).hasMessageContaining("`nowhere`");
        assertThatThrownBy(() -> both.check(WrittenLogits.rows(), SHAPE)).hasMessageContaining("`nowhere`");
    }
}
