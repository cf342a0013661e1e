package dev.loupe.execute.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CurveFitTest {
    private static final double[] X = Arrays.stream(
                    new double[] {50, 100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600})
            .map(Math::log)
            .toArray();

    /**
     * Curves of trainings that ship, and planted ones with seeded noise. The squares are from scipy 1.17.1, least_squares(method="lm")
     * with all four or three parameters free, the best of 20 to 36 starting points each. No logistic function fits worse than the power
     * law that is its limit.
     */
    @TestFactory
    List<DynamicTest> squaresAreThoseOfLevenbergAndMarquardtFromManyStarts() throws IOException {
        try (InputStream in = CurveFitTest.class.getResourceAsStream("/curves/least-squares.json")) {
            JsonNode all = new ObjectMapper().readTree(in);
            assertThat(all).hasSize(26);
            return StreamSupport.stream(((Iterable<Map.Entry<String, JsonNode>>) all::fields).spliterator(), false)
                    .map(curve -> DynamicTest.dynamicTest(curve.getKey(), () -> check(curve.getValue())))
                    .toList();
        }
    }

    private static void check(JsonNode curve) {
        double[] y = numbers(curve.get("values"));
        CurveFit fit = CurveFit.of(
                Arrays.stream(numbers(curve.get("at"))).map(Math::log).toArray(), y);
        double power = curve.get("power").doubleValue();
        double logistic = curve.get("logistic").doubleValue();
        assertThat(fit.power()).isEqualTo(power, near(power));
        assertThat(fit.logistic()).isEqualTo(logistic, near(logistic));
        double range =
                Arrays.stream(y).max().orElseThrow() - Arrays.stream(y).min().orElseThrow();
        assertThat(fit.deltaBic())
                .isEqualTo(bic(power, y.length, 3, range) - bic(logistic, y.length, 4, range), within(1e-4));
    }

    private static Offset<Double> near(double squares) {
        return within(1e-7 * squares + 1e-13);
    }

    private static double bic(double squares, int n, int parameters, double range) {
        return n * Math.log(Math.max(squares / n, 1e-12 * range * range)) + parameters * Math.log(n);
    }

    private static double[] numbers(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    @Test
    void whatIsOfAFormIsFittedByIt() {
        double[] logistic = Arrays.stream(X)
                .map(x -> .2 + .7 / (1 + Math.exp(-(x - 7) / .4)))
                .toArray();
        double[] power = Arrays.stream(X).map(x -> 3 - 2 * Math.exp(-.3 * x)).toArray();
        assertThat(CurveFit.of(X, logistic).logistic()).isLessThan(1e-12);
        assertThat(CurveFit.of(X, power).power()).isLessThan(1e-12);
        assertThat(CurveFit.of(X, X).power()).as("a line in log t").isLessThan(1e-6);
    }

    /** However narrow the change, and wherever between or at points of unequal distance. */
    @Test
    void aChangeOfAnyWidthIsFitted() {
        double[] x = Arrays.stream(new double[] {10, 20, 50, 100, 150, 200, 250, 300, 350, 400, 500, 600, 800, 1000})
                .map(Math::log)
                .toArray();
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            double middle = x[1] + (x[x.length - 2] - x[1]) * random.nextDouble();
            double width = Math.exp(Math.log(1e-4) + random.nextDouble() * Math.log(1e4 * .7));
            double[] y = Arrays.stream(x)
                    .map(at -> .09 + .87 / (1 + Math.exp(-(at - middle) / width)))
                    .toArray();
            assertThat(CurveFit.of(x, y).logistic())
                    .as("middle %s, width %s", middle, width)
                    .isLessThan(1e-9);
        }
    }

    /** One point on the way of a step is reached by a width that goes to 0; two are not. */
    @Test
    void aStepMayHaveOnePointOnItsWay() {
        double[] one = {0, 0, 0, 0, .4, 1, 1, 1, 1, 1};
        double[] two = {0, 0, 0, 0, .7, .3, 1, 1, 1, 1};
        assertThat(CurveFit.of(X, one).logistic()).isLessThan(1e-20);
        assertThat(CurveFit.of(X, two).logistic()).isGreaterThan(.1);
    }

    /** A power law is the limit of logistic functions whose middle lies ever farther away, so that its fourth parameter is all it costs. */
    @Test
    void whatIsGradualCountsAsMuchAgainstSuddenAsOneParameter() {
        double[] power = Arrays.stream(X).map(x -> 3 - 2 * Math.exp(-.3 * x)).toArray();
        assertThat(CurveFit.of(X, power).deltaBic()).isEqualTo(-Math.log(10), within(1e-9));
    }

    @Test
    void aPerfectFitIsNotInfinitelyGood() {
        double[] y = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
        CurveFit fit = CurveFit.of(X, y);
        assertThat(fit.logistic()).isZero();
        assertThat(fit.deltaBic())
                .isEqualTo(10 * Math.log(fit.power() / 10) - 10 * Math.log(1e-12) - Math.log(10), within(1e-9));
    }
}
