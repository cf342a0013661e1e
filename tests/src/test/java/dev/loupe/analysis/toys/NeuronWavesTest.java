package dev.loupe.analysis.toys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NeuronWavesTest {
    private static double[][] wave(int frequency, double phase) {
        double[][] out = new double[7][1];
        for (int x = 0; x < 7; x++) {
            out[x][0] = 2 * Math.cos(2 * Math.PI * frequency * x / 7 + phase) - 3;
        }
        return out;
    }

    private static NeuronWaves.Neuron neuron(double[][] a, double[][] b, double[][] u) {
        return requireNonNull(NeuronWaves.of(new PairTables(a, b, u)).neuron(0));
    }

    @Test
    void phasesAreThoseOfTheCosines() {
        NeuronWaves.Neuron found = neuron(wave(2, .3), wave(2, -1), wave(2, 2.5));
        assertThat(found.phases()).containsExactly(new double[] {.3, -1, 2.5}, within(1e-9));
        assertThat(found.pure()).isEqualTo(1, within(1e-12));
        assertThat(found.same()).isTrue();
    }

    /** Both a B and a U of their own differ from A's frequency, also where the other agrees. */
    @Test
    void allThreeFrequenciesHaveToAgree() {
        assertThat(neuron(wave(1, 0), wave(2, 0), wave(1, 0)).same()).isFalse();
        assertThat(neuron(wave(1, 0), wave(1, 0), wave(3, 0)).same()).isFalse();
        assertThat(neuron(wave(3, 0), wave(3, 1), wave(3, 2)).same()).isTrue();
    }

    @Test
    void aNeuronWithoutWavesInOneTableIsNone() {
        double[][] constant = {{1}, {1}, {1}, {1}, {1}, {1}, {1}};
        assertThat(NeuronWaves.of(new PairTables(wave(1, 0), constant, wave(1, 0)))
                        .neuron(0))
                .isNull();
    }
}
