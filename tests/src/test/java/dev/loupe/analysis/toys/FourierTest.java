package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.Fourier.What;
import dev.loupe.backend.Backend;
import dev.loupe.model.toy.FourierMlp;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyActivation;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FourierTest {
    private static final List<What> ALL = List.of(What.values());

    private static double number(WrittenToy toy, Fourier.Operation operation, What what) {
        return new Fourier(ALL, operation, null, null).compute(toy).data()[ALL.indexOf(what)];
    }

    @Test
    void theAnalyticNetworkHasOneFrequencyANeuronAndThePhasesOfAddition() {
        try (NDManager manager = Backend.cpu()) {
            for (int modulus : new int[] {7, 31, 59}) {
                WrittenToy toy = WrittenToy.of(new FourierMlp(modulus), manager);
                assertThat(number(toy, Fourier.Operation.ADD, What.PURE)).isEqualTo(1, within(1e-9));
                assertThat(number(toy, Fourier.Operation.ADD, What.PURE_SHARE)).isEqualTo(1);
                assertThat(number(toy, Fourier.Operation.ADD, What.SAME_FREQUENCY))
                        .isEqualTo(1);
                assertThat(number(toy, Fourier.Operation.ADD, What.PHASE)).isEqualTo(1, within(1e-9));
                assertThat(number(toy, Fourier.Operation.SUBTRACT, What.PHASE)).isEqualTo(0, within(1e-6));
                assertThat(number(toy, Fourier.Operation.ADD, What.TOP_POWER))
                        .isEqualTo(2.0 / (modulus - 1), within(1e-6));
            }
        }
    }

    /** Random weights have no pure neuron; each frequency holds about 2 / (p - 1) of the power. */
    @Test
    void randomWeightsAreNotPure() {
        Random random = new Random(5);
        int hidden = 200;
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = WrittenToy.copies(
                    new PairEmbeddingMlpConfig(31, hidden, 0, ToyActivation.RELU, false),
                    1,
                    Map.of(
                            "A",
                            normal(random, 31 * hidden),
                            "B",
                            normal(random, 31 * hidden),
                            "U",
                            normal(random, 31 * hidden)),
                    manager);
            assertThat(number(toy, Fourier.Operation.ADD, What.PURE_SHARE)).isEqualTo(0);
            assertThat(number(toy, Fourier.Operation.ADD, What.PURE)).isLessThan(.3);
            assertThat(number(toy, Fourier.Operation.ADD, What.PHASE)).isNaN();
        }
    }

    private static float[] normal(Random random, int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }

    /** Coefficients by hand: 3 cos(2 pi 2 x / 7) is 3 sqrt(7/2) along the cosine of frequency 2; Parseval keeps the power. */
    @Test
    void theBasisIsOrthonormal() {
        RealFourier basis = new RealFourier(7);
        double[][] table = new double[7][1];
        double square = 0;
        for (int x = 0; x < 7; x++) {
            table[x][0] = 3 * Math.cos(2 * Math.PI * 2 * x / 7) + Math.sin(2 * Math.PI * 3 * x / 7) + 5;
            square += table[x][0] * table[x][0];
        }
        double[][] found = basis.coefficients(table, 0);
        assertThat(found[1][0]).isEqualTo(3 * Math.sqrt(3.5), within(1e-12));
        assertThat(found[2][1]).isEqualTo(Math.sqrt(3.5), within(1e-12));
        assertThat(found[0][0]).isEqualTo(0, within(1e-12));
        double power = 25 * 7;
        for (double[] coefficient : found) {
            power += RealFourier.power(coefficient);
        }
        assertThat(power).isEqualTo(square, within(1e-9));
        double[][] left = basis.without(table, new boolean[] {false, true, false});
        assertThat(left[3][0]).isEqualTo(Math.sin(2 * Math.PI * 9 / 7) + 5, within(1e-12));
    }

    @Test
    void anEvenModulusIsRefused() {
        assertThatThrownBy(() -> new RealFourier(8)).hasMessageContaining("odd modulus");
    }

    @Test
    void everyPartSaysWhatItIs() {
        assertThat(new Fourier(ALL, Fourier.Operation.ADD, null, null).formula("pure-share"))
                .startsWith("Share of neurons in which that is at least 0.85.")
                .contains("Fourier basis");
    }
}
