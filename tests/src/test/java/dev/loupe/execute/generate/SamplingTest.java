package dev.loupe.execute.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {
    /** Probabilities 0.1, 0.4, 0.3, 0.2. */
    private static final float[] LOGITS = {log(0.1), log(0.4), log(0.3), log(0.2)};

    private static float log(double p) {
        return (float) Math.log(p);
    }

    private static double[] shares(Sampling sampling) {
        double[] counts = new double[LOGITS.length];
        int draws = 20_000;
        for (int step = 0; step < draws; step++) {
            counts[sampling.choose(LOGITS, step)]++;
        }
        return Arrays.stream(counts).map(n -> n / draws).toArray();
    }

    @Test
    void greedyTakesTheLargest() {
        assertThat(shares(Sampling.GREEDY)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void drawsFollowTheProbabilities() {
        // Five standard errors of 20,000 draws are 0.018 at most.
        assertThat(shares(new Sampling(1, 0, 1, 5))).containsExactly(new double[] {0.1, 0.4, 0.3, 0.2}, within(0.018));
        // Half the temperature squares them: 0.01, 0.16, 0.09, 0.04 of 0.30.
        assertThat(shares(new Sampling(0.5, 0, 1, 5)))
                .containsExactly(new double[] {1 / 30., 16 / 30., 9 / 30., 4 / 30.}, within(0.018));
    }

    @Test
    void topKAndTopPCutTheTail() {
        assertThat(shares(new Sampling(1, 2, 1, 5)))
                .containsExactly(new double[] {0, 4 / 7., 3 / 7., 0}, within(0.018));
        // 0.4 and 0.3 do not reach 0.75, with 0.2 they do.
        assertThat(shares(new Sampling(1, 0, 0.75, 5)))
                .containsExactly(new double[] {0, 4 / 9., 3 / 9., 2 / 9.}, within(0.018));
        assertThat(shares(new Sampling(1, 0, 1e-9, 5))).containsExactly(0, 1, 0, 0);
    }

    @Test
    void theSeedDecides() {
        assertThat(shares(new Sampling(1, 0, 1, 5))).isEqualTo(shares(new Sampling(1, 0, 1, 5)));
        assertThat(shares(new Sampling(1, 0, 1, 5))).isNotEqualTo(shares(new Sampling(1, 0, 1, 6)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aTemperatureIsANumberFromZero(double temperature) {
        assertThatThrownBy(() -> new Sampling(temperature, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
