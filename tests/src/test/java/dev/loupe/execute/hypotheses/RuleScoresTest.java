package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.neurons.FiringSide;
import org.junit.jupiter.api.Test;

/** Worked out by hand: ten positions, of which four fire, and a rule that holds at three of them and at one other. */
class RuleScoresTest {
    private static final boolean[] FIRES = {true, true, true, true, false, false, false, false, false, false};
    private static final boolean[] HOLDS = {true, true, true, false, true, false, false, false, false, false};
    private static final double[] VALUE = {4, 3, 5, 2, 1, 0, 0, 1, 0, 0};

    private static double[] counts() {
        double[] c = new double[7];
        for (int i = 0; i < FIRES.length; i++) {
            c[0]++;
            c[1] += FIRES[i] && HOLDS[i] ? 1 : 0;
            c[2] += !FIRES[i] && HOLDS[i] ? 1 : 0;
            c[3] += FIRES[i] && !HOLDS[i] ? 1 : 0;
            c[4] += VALUE[i];
            c[5] += VALUE[i] * VALUE[i];
            c[6] += HOLDS[i] ? VALUE[i] : 0;
        }
        return c;
    }

    @Test
    void f1AreaAndCorrelation() {
        RuleScores scores = new RuleScores(2, new Firing(FiringSide.POSITIVE, 1, 1.5));
        for (int i = 0; i < FIRES.length; i++) {
            scores.add(i % 2, HOLDS[i], VALUE[i]);
        }
        assertThat(scores.f1()).isEqualTo(2 * 3 / (4.0 + 4.0), within(1e-12));
        assertThat(RuleScores.area(counts())).isEqualTo((3 / 4.0 + 5 / 6.0) / 2, within(1e-12));
        // Means 0.4 and 1.6; covariance 13 / 10 - 0.64, variances 0.24 and 56 / 10 - 2.56.
        assertThat(RuleScores.correlation(counts()))
                .isEqualTo((1.3 - .64) / Math.sqrt(.24 * (5.6 - 2.56)), within(1e-12));
    }
}
