package dev.loupe.analysis.toys;

/**
 * How the hidden neurons of a network respond to pairs of binary inputs beyond what is linear in them. Over all inputs, each 0
 * or 1 alike, a neuron's response to a pair is its Walsh coefficient: the mean of its activation times the signs of both inputs.
 * Constants and the best linear fit have no part in it, since signs of different inputs are orthogonal.
 */
final class PairResponses {
    private static final int MOST_INPUTS = 14;

    private PairResponses() {}

    /** All binary inputs, row-major [2^inputs, input]. */
    static float[] everyInput(int inputs) {
        if (inputs > MOST_INPUTS) {
            throw new IllegalArgumentException(
                    "responses to pairs are read on all binary inputs, which are too many for " + inputs
                            + " inputs: at most " + MOST_INPUTS);
        }
        float[] all = new float[(1 << inputs) * inputs];
        for (int row = 0; row < 1 << inputs; row++) {
            for (int i = 0; i < inputs; i++) {
                all[row * inputs + i] = row >>> i & 1;
            }
        }
        return all;
    }

    /**
     * The magnitudes of the responses.
     *
     * @param hidden activations [2^inputs, neuron] on {@link #everyInput}
     * @return [neuron][pair], pairs in the order (0,1), (0,2), ..., (1,2), ...
     */
    static double[][] of(float[] hidden, int inputs) {
        int rows = 1 << inputs;
        int neurons = hidden.length / rows;
        double[][] responses = new double[neurons][inputs * (inputs - 1) / 2];
        int pair = 0;
        for (int i = 0; i < inputs; i++) {
            for (int j = i + 1; j < inputs; j++, pair++) {
                for (int row = 0; row < rows; row++) {
                    int sign = (row >>> i & 1) == (row >>> j & 1) ? 1 : -1;
                    for (int n = 0; n < neurons; n++) {
                        responses[n][pair] += sign * hidden[row * neurons + n] / (double) rows;
                    }
                }
            }
        }
        for (double[] neuron : responses) {
            for (int p = 0; p < neuron.length; p++) {
                neuron[p] = Math.abs(neuron[p]);
            }
        }
        return responses;
    }

    /** The largest response of a neuron over the sum of all: 1 where it answers one pair; NaN where it answers none. */
    static double monosemanticity(double[] responses, double floor) {
        double most = 0;
        double sum = 0;
        for (double response : responses) {
            most = Math.max(most, response);
            sum += response;
        }
        return most <= floor ? Double.NaN : most / sum;
    }
}
