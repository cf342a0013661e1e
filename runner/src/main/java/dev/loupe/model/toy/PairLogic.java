package dev.loupe.model.toy;

import java.util.Arrays;
import java.util.Map;

/**
 * AND of every pair of inputs by hand, one neuron for each pair: max(x_i + x_j - 1, 0) is 1 where both inputs are 1, else 0.
 * Pairs are in the order (0,1), (0,2), ..., (1,2), ...
 */
public record PairLogic(int inputs) implements PlantedNetwork {
    @Override
    public ComputeMlpConfig config() {
        int pairs = inputs * (inputs - 1) / 2;
        return new ComputeMlpConfig(inputs, pairs, pairs, ToyActivation.RELU, ToyOutput.NONE);
    }

    @Override
    public String label() {
        return "pair-logic, inputs " + inputs;
    }

    @Override
    public Map<String, float[]> weights() {
        int pairs = config().hidden();
        float[] in = new float[inputs * pairs];
        float[] threshold = new float[pairs];
        float[] out = new float[pairs * pairs];
        Arrays.fill(threshold, -1);
        int pair = 0;
        for (int i = 0; i < inputs; i++) {
            for (int j = i + 1; j < inputs; j++, pair++) {
                in[i * pairs + pair] = 1;
                in[j * pairs + pair] = 1;
                out[pair * pairs + pair] = 1;
            }
        }
        return Map.of(
                ComputeMlpConfig.W_IN,
                in,
                ComputeMlpConfig.B_IN,
                threshold,
                ComputeMlpConfig.W_OUT,
                out,
                ComputeMlpConfig.B_OUT,
                new float[pairs]);
    }
}
