package dev.loupe.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.metric.answer.AnswerProbability;
import dev.loupe.metric.token.Loss;
import dev.loupe.result.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
    private static final Metric PROBABILITY = new AnswerProbability("END", null);
    private static final Metric LOSS = new Loss("everywhere", null);

    @Test
    void theFirstMetricSaysWhereAFindStands() {
        assertThat(Metric.side(List.of())).isEqualTo(Side.HIGHER);
        assertThat(Metric.side(List.of(PROBABILITY, LOSS))).isEqualTo(Side.HIGHER);
        assertThat(Metric.side(List.of(LOSS, PROBABILITY))).isEqualTo(Side.LOWER);
    }

    @Test
    void onlyEqualMeansAreEqualUnlessAMetricSaysMore() {
        assertThat(LOSS.distinct()).isZero();
    }
}
