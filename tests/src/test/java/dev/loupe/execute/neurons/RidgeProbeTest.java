package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RidgeProbeTest {
    private static final int N = 60;
    private static final int WIDTH = 4;
    private final float[] values = new float[N * WIDTH];
    private final double[] target = new double[N];
    private final int[][] folds = {
        IntStream.range(0, 20).toArray(),
        IntStream.range(20, 40).toArray(),
        IntStream.range(40, N).toArray()
    };

    RidgeProbeTest() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < N; i++) {
            for (int a = 0; a < WIDTH; a++) {
                values[i * WIDTH + a] = (float) (5 + random.nextGaussian());
            }
            target[i] = 2 * values[i * WIDTH] - values[i * WIDTH + 2] + 3;
        }
    }

    /** The gradient of the penalised squares is zero at the fit: over the kept folds, with the mean taken out. */
    @Test
    void theFitIsWhereThePenalisedSquaresAreLeast() {
        RidgeProbe probe = new RidgeProbe(values, WIDTH, folds);
        for (int without = -1; without < 3; without++) {
            for (int p = 0; p < RidgeProbe.PENALTIES.length; p++) {
                RidgeProbe.Fit fit = probe.fit(target, p, without);
                int left = without;
                int[] kept = IntStream.range(0, N)
                        .filter(i -> left < 0 || i / 20 != left)
                        .toArray();
                double[] mean = new double[WIDTH];
                double trace = 0;
                for (int a = 0; a < WIDTH; a++) {
                    int at = a;
                    mean[a] = IntStream.of(kept)
                            .mapToDouble(i -> values[i * WIDTH + at])
                            .average()
                            .orElseThrow();
                    trace += IntStream.of(kept)
                            .mapToDouble(i -> Math.pow(values[i * WIDTH + at] - mean[at], 2))
                            .sum();
                }
                double residuals = 0;
                double[] gradient = new double[WIDTH];
                for (int i : kept) {
                    double said = fit.offset();
                    for (int a = 0; a < WIDTH; a++) {
                        said += fit.weights()[a] * values[i * WIDTH + a];
                    }
                    residuals += target[i] - said;
                    for (int a = 0; a < WIDTH; a++) {
                        gradient[a] += (target[i] - said) * (values[i * WIDTH + a] - mean[a]);
                    }
                }
                assertThat(residuals).isEqualTo(0, within(1e-6));
                for (int a = 0; a < WIDTH; a++) {
                    double penalty = RidgeProbe.PENALTIES[p] * trace / WIDTH * fit.weights()[a];
                    assertThat(gradient[a]).isEqualTo(penalty, within(1e-4));
                }
            }
        }
    }

    @Test
    void aLinearTargetIsReadExactly() {
        RidgeProbe probe = new RidgeProbe(values, WIDTH, folds);
        int[] some = {3, 33, 59};
        double[] said = probe.read(probe.fit(target, 0, -1), some);
        assertThat(ProbeScore.of(
                        true,
                        probe.read(
                                probe.fit(target, 0, -1), IntStream.range(0, N).toArray()),
                        target,
                        IntStream.range(0, N).toArray()))
                .isGreaterThan(.9999);
        for (int i = 0; i < some.length; i++) {
            assertThat(said[i]).isEqualTo(target[some[i]], within(.02));
        }
    }
}
