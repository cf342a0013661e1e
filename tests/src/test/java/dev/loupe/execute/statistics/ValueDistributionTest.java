package dev.loupe.execute.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.ask.DistributionPart;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Distributions whose statistics are known. */
class ValueDistributionTest {
    private static final int N = 100_000;

    private static Map<DistributionPart, Double> of(ToDoubleFunction<Random> draw) {
        Random random = new Random(7);
        return of(DoubleStream.generate(() -> draw.applyAsDouble(random))
                .limit(N)
                .sorted()
                .toArray());
    }

    private static Map<DistributionPart, Double> of(double[] sorted) {
        List<DistributionPart> all = List.of(DistributionPart.values());
        double[] told = new ValueDistribution(sorted, new NormalQuantiles(), null).of(all);
        Map<DistributionPart, Double> named = new EnumMap<>(DistributionPart.class);
        all.forEach(part -> named.put(part, told[part.ordinal()]));
        return named;
    }

    private static double laplace(Random random) {
        double size = -Math.log(1 - random.nextDouble());
        return random.nextBoolean() ? size : -size;
    }

    @Test
    void ofANormalDistribution() {
        Map<DistributionPart, Double> told = of(Random::nextGaussian);
        assertThat(told.get(DistributionPart.MEAN)).isEqualTo(0, within(.01));
        assertThat(told.get(DistributionPart.SD)).isEqualTo(1, within(.01));
        assertThat(told.get(DistributionPart.SKEW)).isEqualTo(0, within(.03));
        assertThat(told.get(DistributionPart.EXCESS_KURTOSIS)).isEqualTo(0, within(.05));
        assertThat(told.get(DistributionPart.POSITIVE)).isEqualTo(.5, within(.005));
        assertThat(told.get(DistributionPart.BEYOND_4)).isLessThan(2e-4);
        assertThat(told.get(DistributionPart.KS_NORMAL)).isLessThan(.005);
        assertThat(told.get(DistributionPart.QQ_R2)).isGreaterThan(.9995);
        assertThat(told.get(DistributionPart.DIP)).isLessThan(.003);
        assertThat(told.get(DistributionPart.SARLE)).isEqualTo(1 / 3.0, within(.005));
        assertThat(told.get(DistributionPart.MIXTURE_BIC)).isLessThan(0);
    }

    @Test
    void ofLaplacesDistribution() {
        Map<DistributionPart, Double> told = of(ValueDistributionTest::laplace);
        assertThat(told.get(DistributionPart.SD)).isEqualTo(Math.sqrt(2), within(.02));
        assertThat(told.get(DistributionPart.EXCESS_KURTOSIS)).isEqualTo(3, within(.25));
        // P(|x| > 4 sqrt 2) = exp(-4 sqrt 2); its tail is exponential, so that Hill's index is log 100 and grows.
        assertThat(told.get(DistributionPart.BEYOND_4)).isEqualTo(Math.exp(-4 * Math.sqrt(2)), within(6e-4));
        assertThat(told.get(DistributionPart.HILL)).isBetween(4.6, 6.5);
        assertThat(told.get(DistributionPart.MIXTURE_BIC)).isGreaterThan(.05);
        assertThat(told.get(DistributionPart.DIP)).isLessThan(.003);
    }

    @Test
    void ofAProductOfTwoNormals() {
        Map<DistributionPart, Double> told = of(random -> random.nextGaussian() * random.nextGaussian());
        assertThat(told.get(DistributionPart.EXCESS_KURTOSIS)).isEqualTo(6, within(.6));
        assertThat(told.get(DistributionPart.KS_NORMAL)).isGreaterThan(.05);
    }

    /** Half of the variance of each side's own 1 and the 4 between the means: kurtosis 3 - 2 (4 / 5)^2. */
    @Test
    void ofTwoNormals() {
        Map<DistributionPart, Double> told = of(random -> random.nextGaussian() + (random.nextBoolean() ? 2 : -2));
        assertThat(told.get(DistributionPart.EXCESS_KURTOSIS)).isEqualTo(-2 * .64, within(.02));
        assertThat(told.get(DistributionPart.SARLE)).isEqualTo(1 / 1.72, within(.01));
        assertThat(told.get(DistributionPart.DIP)).isGreaterThan(.04);
        assertThat(told.get(DistributionPart.MIXTURE_BIC)).isGreaterThan(.2);
    }

    /** The GELU of a normal has mean 1 / (2 sqrt pi), and is far from normal. */
    @Test
    void ofTheGeluOfANormal() {
        Map<DistributionPart, Double> told = of(random -> {
            double x = random.nextGaussian();
            return x * Normal.cdf(x);
        });
        assertThat(told.get(DistributionPart.MEAN)).isEqualTo(1 / (2 * Math.sqrt(Math.PI)), within(.01));
        assertThat(told.get(DistributionPart.POSITIVE)).isEqualTo(.5, within(.005));
        assertThat(told.get(DistributionPart.KS_NORMAL)).isGreaterThan(.15);
        assertThat(told.get(DistributionPart.QQ_R2)).isLessThan(.85);
    }

    /** A Pareto distribution has the tail exponent that Hill's index estimates, here 5, from deviations a mean of 1.25 away. */
    @Test
    void hillFindsThePowerOfATail() {
        Map<DistributionPart, Double> told = of(random -> {
            double size = Math.pow(1 - random.nextDouble(), -1 / 5.0) - 1;
            return random.nextBoolean() ? size + 1 : -size - 1;
        });
        assertThat(told.get(DistributionPart.HILL)).isEqualTo(5, within(.5));
    }

    @Test
    void whatNeverChangesHasNoShape() {
        Map<DistributionPart, Double> told = of(new double[] {2, 2, 2});
        assertThat(told.get(DistributionPart.MEAN)).isEqualTo(2);
        assertThat(told.get(DistributionPart.SD)).isZero();
        assertThat(told.get(DistributionPart.POSITIVE)).isEqualTo(1);
        assertThat(told.get(DistributionPart.SKEW)).isNaN();
        assertThat(told.get(DistributionPart.DIP)).isNaN();
    }
}
