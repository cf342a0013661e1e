package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.metric.reading.StepValue;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparseProbeTest {
    /**
     * The label is whether a + b is above 0; one neuron has a plus noise that the other one has too, so that their difference
     * tells what neither tells: neurons a + c, c and noise, with the label of a.
     */
    @Test
    void twoNeuronsTellWhatNeitherTellsAlone() {
        Random random = new Random(4);
        int n = 4000;
        float[] values = new float[n * 3];
        boolean[] has = new boolean[n];
        for (int i = 0; i < n; i++) {
            double a = random.nextGaussian();
            double c = 3 * random.nextGaussian();
            has[i] = a > 0;
            values[i * 3] = (float) (a + c);
            values[i * 3 + 1] = (float) (c - .1 * a);
            values[i * 3 + 2] = (float) random.nextGaussian();
        }
        StepValue.Activations sample =
                new StepValue.Activations(new int[n], new int[n], List.of(0), 3, List.of(values));
        Strata train = Strata.one(IntStream.range(0, n / 2).toArray());
        Strata test = Strata.one(IntStream.range(n / 2, n).toArray());
        SparseProbe probe = new SparseProbe(sample, train, test, new double[][] {{.6, .45, .5}});
        assertThat(probe.area(has, 1)).isBetween(.55, .7);
        assertThat(probe.area(has, 2)).isGreaterThan(.99);
        // Two neurons that are the same are no problem.
        SparseProbe all = new SparseProbe(sample, train, test, new double[][] {{.6, .45, .5}});
        assertThat(all.area(has, 3)).isEqualTo(probe.area(has, 2), within(.01));
        assertThat(all.area(has, 64)).isEqualTo(all.area(has, 3));
    }
}
