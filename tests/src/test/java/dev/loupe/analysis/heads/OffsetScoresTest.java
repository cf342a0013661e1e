package dev.loupe.analysis.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RotaryPairs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A head of six dimensions, four of which are turned, against vectors that are turned one by one. */
class OffsetScoresTest {
    private static final ModelShape SHAPE =
            new ModelShape("transformer", 1, 6, 1, 1, 6, 0, 3, 3, 8, true, false, false, 0, List.of());
    private static final double[] Q = {1, -2, .5, 3, 2, -1};
    private static final double[] K = {.3, 1, -1, 2, .25, 4};
    private static final double SCALE = 2;

    /** The mean of two positions, with true scores at offsets 0 and 1. */
    private static OffsetStatistics.Sums sums(double... scores) {
        double[] twiceQ = java.util.Arrays.stream(Q).map(x -> 2 * x).toArray();
        double[] twiceK = java.util.Arrays.stream(K).map(x -> 2 * x).toArray();
        return new OffsetStatistics.Sums(
                SHAPE, new double[] {SCALE}, 2, new double[][] {twiceQ}, new double[][] {twiceK}, new double[][] {scores
                });
    }

    private static OffsetCurve curve(RotaryPairs pairs, double... scores) {
        return new OffsetCurve(sums(scores), 0, pairs);
    }

    private static double[] turned(double[] x, double position, RotaryPairs pairs) {
        double[] out = x.clone();
        for (int pair = 0; pair < pairs.pairs(); pair++) {
            double angle = position * pairs.frequencies().get(pair);
            int a = pairs.first(pair);
            int b = pairs.second(pair);
            out[a] = pairs.factor() * (x[a] * Math.cos(angle) - x[b] * Math.sin(angle));
            out[b] = pairs.factor() * (x[b] * Math.cos(angle) + x[a] * Math.sin(angle));
        }
        return out;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @Test
    void theScoreIsTheProductOfATurnedQueryAndATurnedKey() {
        for (boolean adjacent : new boolean[] {false, true}) {
            RotaryPairs pairs = new RotaryPairs(List.of(1.0, .1), adjacent, 1.5);
            double[] score = curve(pairs).of(OffsetScores.Part.SCORE, 4);
            double[] byPair = curve(pairs).of(OffsetScores.Part.BY_PAIR, 4);
            for (int offset = 0; offset <= 4; offset++) {
                double wanted = dot(turned(Q, 7, pairs), turned(K, 7 - offset, pairs)) / SCALE;
                assertThat(score[offset]).isEqualTo(wanted, within(1e-12));
                assertThat(byPair[offset] + byPair[5 + offset] + byPair[10 + offset])
                        .isEqualTo(wanted, within(1e-12));
                assertThat(byPair[10 + offset]).as("what is not turned").isEqualTo((.5 - 4) / SCALE, within(1e-12));
            }
        }
    }

    @Test
    void aPairReachesItsAmplitudeWhereItsPhaseSays() {
        RotaryPairs pairs = new RotaryPairs(List.of(1.0, .1), false, 1);
        // Pair 0 holds dimensions 0 and 2, pair 1 dimensions 1 and 3.
        assertThat(curve(pairs).of(OffsetScores.Part.AMPLITUDE, 4)[0])
                .isEqualTo(Math.hypot(1, .5) * Math.hypot(.3, -1) / SCALE, within(1e-12));
        assertThat(curve(pairs).of(OffsetScores.Part.PHASE, 4)[0])
                .isEqualTo(Math.atan2(.5, 1) - Math.atan2(-1, .3), within(1e-12));
        double phase = curve(pairs).of(OffsetScores.Part.PHASE, 4)[1];
        assertThat(phase).isEqualTo(Math.atan2(3, -2) - Math.atan2(2, 1), within(1e-12));
    }

    @Test
    void whatIsExplainedFollowsFromSumsAndSquares() {
        RotaryPairs pairs = new RotaryPairs(List.of(1.0, .1), false, 1);
        double[] score = curve(pairs).of(OffsetScores.Part.SCORE, 1);
        // Three true scores at offset 0 and two at offset 1, given by count, sum and sum of squares.
        double[] near = {score[0] - 1, score[0], score[0] + 1};
        double[] far = {score[1] + 2, score[1] - 2};
        OffsetCurve curve = curve(pairs, 3, sum(near), dot(near, near), 2, sum(far), dot(far, far));
        double mean = (sum(near) + sum(far)) / 5;
        double variance = dot(near, near) + dot(far, far) - 5 * mean * mean;
        assertThat(curve.of(OffsetScores.Part.EXPLAINED, 1)[0]).isEqualTo(1 - (2 + 8) / variance, within(1e-9));
        assertThat(curve.of(OffsetScores.Part.SPREAD, 1)[0]).isEqualTo(Math.sqrt(10 / 5.0), within(1e-9));
        assertThat(curve.of(OffsetScores.Part.MEAN_SCORE, 2)).containsExactly(sum(near) / 3, sum(far) / 2, Double.NaN);
    }

    private static double sum(double[] x) {
        return java.util.Arrays.stream(x).sum();
    }

    @Test
    void offsetsHaveALimit() {
        assertThatThrownBy(() -> new OffsetScores(OffsetScores.Part.SCORE, -1)).hasMessageContaining("0 to 512");
        assertThat(new OffsetScores(OffsetScores.Part.SCORE, 512).searches()).isTrue();
    }
}
