package dev.loupe.execute.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CurveFitTest {
    private static final double[] X = Arrays.stream(
                    new double[] {50, 100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600})
            .map(Math::log)
            .toArray();
    private static final double[] Y = {.11, .09, .12, .10, .16, .48, .83, .90, .88, .91};

    /** Against scipy 1.17.1, least_squares(method="lm") from 48 and from 8 starting points. */
    @Test
    void squaresAreThoseOfLevenbergAndMarquardt() {
        assertThat(CurveFit.logistic(X, Y)).isEqualTo(0.0010713634143766485, within(1e-8));
        assertThat(CurveFit.power(X, Y)).isEqualTo(0.1789812823489515, within(1e-8));
        assertThat(CurveFit.bic(CurveFit.power(X, Y), Y, 3) - CurveFit.bic(CurveFit.logistic(X, Y), Y, 4))
                .isEqualTo(48.88090666801506, within(1e-3));
    }

    /** The form fits, so that nothing is left; the squares around the mean are about 3. */
    @Test
    void aChangeThatIsSuddenerThanTheRangeIsLongIsFittedAsWell() {
        double[] steps = {10, 20, 50, 100, 150, 200, 250, 300, 350, 400, 500, 600, 800, 1000};
        double[] x = Arrays.stream(steps).map(Math::log).toArray();
        double[] y = Arrays.stream(x)
                .map(at -> .09 + .87 / (1 + Math.exp(-(at - Math.log(308)) * 60)))
                .toArray();
        assertThat(CurveFit.logistic(x, y)).isLessThan(5e-3);
        for (double middle = 255; middle < 990; middle += 35) {
            double m = Math.log(middle);
            double[] sudden = Arrays.stream(x)
                    .map(at -> 1 / (1 + Math.exp(-(at - m) * 40)))
                    .toArray();
            assertThat(CurveFit.logistic(x, sudden)).as("at %s", middle).isLessThan(5e-3);
        }
    }

    @Test
    void whatIsOfAFormIsFittedByIt() {
        double[] logistic = Arrays.stream(X)
                .map(x -> .2 + .7 / (1 + Math.exp(-(x - 7) / .4)))
                .toArray();
        double[] power = Arrays.stream(X).map(x -> 3 - 2 * Math.exp(-.3 * x)).toArray();
        assertThat(CurveFit.logistic(X, logistic)).isLessThan(1e-10);
        assertThat(CurveFit.power(X, power)).isLessThan(1e-10);
        assertThat(CurveFit.power(X, X)).as("a line in log t").isLessThan(1e-8);
    }

    @Test
    void aPerfectFitIsNotInfinitelyGood() {
        assertThat(CurveFit.bic(0, new double[] {0, 1, 2, 3}, 1))
                .isEqualTo(4 * Math.log(9e-12) + Math.log(4), within(1e-9));
    }
}
