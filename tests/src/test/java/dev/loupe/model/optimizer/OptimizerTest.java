package dev.loupe.model.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.model.card.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Optimizers against their papers' formulas, computed here in double precision. */
class OptimizerTest {
    private static final double[] START = {0.5, -1.25, 2};
    /** Gradients of three steps. */
    private static final double[][] GRADIENTS = {{1, -0.5, 0.25}, {0.1, 0.75, -2}, {-3, 0.01, 0.5}};
    /** The last parameter is a bias: it does not decay. */
    private static final double[] DECAYED = {1, 1, 0};

    private final Schedule schedule = new Schedule(2, Schedule.Decay.LINEAR, 0.1);

    @Test
    void sgdWithMomentumAndL2() {
        double[] p = START.clone();
        double[] v = new double[3];
        for (int t = 0; t < 3; t++) {
            for (int i = 0; i < 3; i++) {
                v[i] = 0.9 * v[i] + GRADIENTS[t][i] + 0.2 * DECAYED[i] * p[i];
                p[i] -= 0.05 * schedule.factor(t, 3) * v[i];
            }
        }
        assertClose(run(new Sgd(0.05, 0.9, 0.2)), p);
    }

    @Test
    void adamPutsDecayIntoTheGradient() {
        assertClose(run(new Adam(0.05, 0.8, 0.95, 1e-8, 0.2)), adam(0.8, 0.95, 0.2, 0));
    }

    @Test
    void adamWDecaysTheWeightsThemselves() {
        assertClose(run(new AdamW(0.05, 0.8, 0.95, 1e-8, 0.2)), adam(0.8, 0.95, 0, 0.2));
    }

    private double[] adam(double beta1, double beta2, double l2, double decoupled) {
        double[] p = START.clone();
        double[] m = new double[3];
        double[] v = new double[3];
        for (int t = 0; t < 3; t++) {
            double rate = 0.05 * schedule.factor(t, 3);
            for (int i = 0; i < 3; i++) {
                double g = GRADIENTS[t][i] + l2 * DECAYED[i] * p[i];
                p[i] *= 1 - rate * decoupled * DECAYED[i];
                m[i] = beta1 * m[i] + (1 - beta1) * g;
                v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                double first = m[i] / (1 - Math.pow(beta1, t + 1));
                double second = v[i] / (1 - Math.pow(beta2, t + 1));
                p[i] -= rate * first / (Math.sqrt(second) + 1e-8);
            }
        }
        return p;
    }

    private float[] run(Optimizer optimizer) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray p = row(manager, START);
            Map<String, NDArray> moments = new LinkedHashMap<>();
            optimizer.moments().forEach(name -> moments.put(name, p.zerosLike()));
            for (int t = 0; t < 3; t++) {
                double rate = optimizer.learningRate() * schedule.factor(t, 3);
                NDArray decayed = row(manager, DECAYED).reshape(3);
                optimizer.apply(new Update(p, row(manager, GRADIENTS[t]), moments, decayed, rate, t + 1));
            }
            return p.toFloatArray();
        }
    }

    private static NDArray row(NDManager manager, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return manager.create(floats).reshape(1, values.length);
    }

    private static void assertClose(float[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(2e-6));
        }
    }
}
