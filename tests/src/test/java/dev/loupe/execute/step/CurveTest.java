package dev.loupe.execute.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.ask.CurvePart;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CurveTest {
    /** Step 0, then 20 steps from 10 to 10000, equally spaced in log t. */
    private static final double[] STEPS = steps();

    /** From here on a difference of the two criteria is called strong (Kass and Raftery 1995). */
    private static final double FLAG = 6;

    private static double[] steps() {
        double[] steps = new double[21];
        for (int i = 1; i < 21; i++) {
            steps[i] = 10 * Math.pow(1000, (i - 1) / 19.0);
        }
        return steps;
    }

    private static Curve curve(DoubleUnaryOperator y, double noise, long seed) {
        Random random = new Random(seed);
        return new Curve(
                STEPS,
                Arrays.stream(STEPS)
                        .map(t -> y.applyAsDouble(t) + noise * random.nextGaussian())
                        .toArray());
    }

    /** A change by a tenth of a decade at step 300. */
    private static double sudden(double t) {
        return .1 + .8 / (1 + Math.exp(-(Math.log10(Math.max(t, 1e-9)) - Math.log10(300)) / .1));
    }

    private static double gradual(double t) {
        return .9 - .8 * Math.pow(Math.max(t, 1), -.3);
    }

    /** A hundred draws of noise, a fortieth of the change: at most five of either kind are taken for the other. */
    @Test
    void aPlantedSigmoidIsFlaggedAndAPlantedPowerLawIsNot() {
        int missed = 0;
        int flagged = 0;
        for (long seed = 0; seed < 100; seed++) {
            missed += curve(CurveTest::sudden, .02, 1000 + seed).of(List.of(CurvePart.DELTA_BIC))[0] > FLAG ? 0 : 1;
            flagged += curve(CurveTest::gradual, .02, 2000 + seed).of(List.of(CurvePart.DELTA_BIC))[0] > FLAG ? 1 : 0;
        }
        assertThat(missed).as("sigmoids that were not flagged").isLessThanOrEqualTo(5);
        assertThat(flagged).as("power laws that were").isLessThanOrEqualTo(5);
    }

    @Test
    void theirScoresAreFarApart() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(curve(CurveTest::sudden, .02, seed).of(List.of(CurvePart.DELTA_BIC))[0])
                    .isGreaterThan(10);
            assertThat(curve(CurveTest::gradual, .02, seed).of(List.of(CurvePart.DELTA_BIC))[0])
                    .isLessThan(4);
            assertThat(curve(CurveTest::sudden, .02, seed).of(List.of(CurvePart.SHARPNESS))[0])
                    .isGreaterThan(curve(CurveTest::gradual, .02, seed).of(List.of(CurvePart.SHARPNESS))[0]);
        }
        assertThat(curve(CurveTest::sudden, 0, 0).of(List.of(CurvePart.DELTA_BIC))[0])
                .isGreaterThan(100);
        assertThat(curve(CurveTest::gradual, 0, 0).of(List.of(CurvePart.DELTA_BIC))[0])
                .isNegative();
    }

    /** With few points a power law is taken for a sudden change more often, so that the manual asks for more there. */
    @Test
    void fewPointsNeedAHigherLimitAndSixteenDoNot() {
        for (double exponent : new double[] {-1, -.3, .3, 1}) {
            assertThat(flagged(8, exponent, 10))
                    .as("8 points, exponent %s", exponent)
                    .isLessThanOrEqualTo(5);
            assertThat(flagged(16, exponent, FLAG))
                    .as("16 points, exponent %s", exponent)
                    .isLessThanOrEqualTo(5);
        }
    }

    /** How many of a hundred planted power laws, with noise of a fortieth of their change, are above a limit. */
    private static long flagged(int points, double exponent, double limit) {
        double whole = Math.pow(1000, exponent) - 1;
        double[] steps = new double[points];
        for (int i = 0; i < points; i++) {
            steps[i] = Math.pow(1000, i / (points - 1.0));
        }
        return LongStream.range(0, 100)
                .filter(seed -> {
                    Random random = new Random(3000 + seed);
                    double[] y = Arrays.stream(steps)
                            .map(t -> (Math.pow(t, exponent) - 1) / whole + .025 * random.nextGaussian())
                            .toArray();
                    return new Curve(steps, y).of(List.of(CurvePart.DELTA_BIC))[0] > limit;
                })
                .count();
    }

    @Test
    void theMiddleIsPassedWhereTheSigmoidHasIt() {
        assertThat(curve(CurveTest::sudden, 0, 0).of(List.of(CurvePart.T50))[0]).isEqualTo(300, within(15.0));
        // From 1 at step 0 down to 0: a line in log t passes one half in the middle of its range.
        Curve falling = curve(t -> t == 0 ? 1 : 1 - Math.log10(t / 10) / 3, 0, 0);
        assertThat(falling.of(List.of(CurvePart.T50))[0]).isEqualTo(10 * Math.sqrt(1000), within(1e-6));
    }

    @Test
    void aLineChangesATenthInATenthOfItsRangeAndAStepAllOfIt() {
        assertThat(curve(t -> t == 0 ? 0 : Math.log10(t / 10) / 3, 0, 0).of(List.of(CurvePart.SHARPNESS))[0])
                .isEqualTo(.1, within(1e-9));
        assertThat(curve(t -> t > 500 ? 1 : 0, 0, 0).of(List.of(CurvePart.SHARPNESS))[0])
                .isEqualTo(1, within(1e-9));
    }

    @Test
    void goingTheOtherWayFirstIsADip() {
        Curve dipping = curve(t -> sudden(t) - (t > 40 && t < 50 ? .05 : 0), 0, 0);
        double where =
                Arrays.stream(STEPS).filter(t -> t > 40 && t < 50).findFirst().orElseThrow();
        assertThat(dipping.of(List.of(CurvePart.DIP))[0]).isEqualTo(.05, within(1e-3));
        assertThat(dipping.of(List.of(CurvePart.DIP_STEP))[0]).isEqualTo(where);
        assertThat(curve(CurveTest::sudden, 0, 0).of(List.of(CurvePart.DIP))[0]).isZero();
        assertThat(curve(CurveTest::sudden, 0, 0).of(List.of(CurvePart.DIP_STEP))[0])
                .isNaN();
        // A loss that rises before it falls dips as well.
        Curve loss = curve(t -> 3 - 2 * sudden(t) + (t > 40 && t < 50 ? .1 : 0), 0, 0);
        assertThat(loss.of(List.of(CurvePart.DIP))[0]).isEqualTo(.1, within(1e-3));
    }

    @Test
    void fewPointsGapsAndMereScatterSayNothing() {
        for (CurvePart part : CurvePart.values()) {
            assertThat(new Curve(Arrays.copyOf(STEPS, 8), new double[] {0, 0, 0, 0, 1, 1, 1, 1}).of(List.of(part))[0])
                    .isNaN();
            assertThat(curve(t -> t > 40 && t < 60 ? Double.NaN : sudden(t), 0, 0)
                            .of(List.of(part))[0])
                    .isNaN();
            for (long seed = 0; seed < 20; seed++) {
                assertThat(curve(t -> .5, .02, seed).of(List.of(part))[0]).isNaN();
            }
        }
    }
}
