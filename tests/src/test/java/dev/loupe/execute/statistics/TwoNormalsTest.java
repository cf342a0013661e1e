package dev.loupe.execute.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TwoNormalsTest {
    /** A fifth of N(5, 2), the rest of N(0, 1). */
    @Test
    void findsWhatTheValuesWereDrawnFrom() {
        Random random = new Random(3);
        double[] values = DoubleStream.generate(
                        () -> random.nextInt(5) == 0 ? 5 + 2 * random.nextGaussian() : random.nextGaussian())
                .limit(50_000)
                .sorted()
                .toArray();
        TwoNormals fit = TwoNormals.of(values);
        boolean first = fit.mean1() < fit.mean2();
        assertThat(first ? fit.share() : 1 - fit.share()).isEqualTo(.8, within(.02));
        assertThat(first ? fit.mean1() : fit.mean2()).isEqualTo(0, within(.03));
        assertThat(first ? fit.mean2() : fit.mean1()).isEqualTo(5, within(.2));
        assertThat(Math.sqrt(first ? fit.variance2() : fit.variance1())).isEqualTo(2, within(.1));
        double direct = 0;
        for (double x : values) {
            direct += Math.log(fit.share() * density(x, fit.mean1(), fit.variance1())
                    + (1 - fit.share()) * density(x, fit.mean2(), fit.variance2()));
        }
        assertThat(fit.likelihood()).isEqualTo(direct, within(.1));
    }

    private static double density(double x, double mean, double variance) {
        return Math.exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    }
}
