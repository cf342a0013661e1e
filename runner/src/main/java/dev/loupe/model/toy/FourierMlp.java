package dev.loupe.model.toy;

import java.util.Map;

/**
 * Modular addition by hand (Gromov 2023): for each frequency k and phases f and g a neuron that reads cos(2 pi k a/p + f) +
 * cos(2 pi k b/p + g), squares it and writes cos(2 pi k c/p + f + g). With three evenly spaced values of each phase everything
 * but the product of the cosines cancels, and the logit of c is the sum over k of cos(2 pi k (a + b - c)/p), times 9/2.
 *
 * @param modulus p, odd
 */
public record FourierMlp(int modulus) implements PlantedNetwork {
    private static final int PHASES = 3;

    @Override
    public PairEmbeddingMlpConfig config() {
        int neurons = (modulus - 1) / 2 * PHASES * PHASES;
        return new PairEmbeddingMlpConfig(modulus, neurons, 0, ToyActivation.QUADRATIC, false);
    }

    @Override
    public String label() {
        return "fourier-mlp, modulus " + modulus;
    }

    @Override
    public Map<String, float[]> weights() {
        int hidden = config().hidden();
        float[] a = new float[modulus * hidden];
        float[] b = new float[modulus * hidden];
        float[] u = new float[hidden * modulus];
        for (int neuron = 0; neuron < hidden; neuron++) {
            int frequency = 1 + neuron / (PHASES * PHASES);
            double first = 2 * Math.PI * (neuron / PHASES % PHASES) / PHASES;
            double second = 2 * Math.PI * (neuron % PHASES) / PHASES;
            for (int x = 0; x < modulus; x++) {
                double angle = 2 * Math.PI * frequency * x / modulus;
                a[x * hidden + neuron] = (float) Math.cos(angle + first);
                b[x * hidden + neuron] = (float) Math.cos(angle + second);
                u[neuron * modulus + x] = (float) Math.cos(angle + first + second);
            }
        }
        return Map.of(PairEmbeddingMlpConfig.A, a, PairEmbeddingMlpConfig.B, b, PairEmbeddingMlpConfig.U, u);
    }
}
