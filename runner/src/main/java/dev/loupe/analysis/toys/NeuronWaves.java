package dev.loupe.analysis.toys;

import org.jspecify.annotations.Nullable;

/**
 * The frequencies of a pair MLP's neurons, read from its weights: an activation such as ReLU adds harmonics to what a neuron
 * hands on, its weights have none of them.
 *
 * @param a A [modulus][neuron]
 * @param b B [modulus][neuron]
 * @param u U' [modulus][neuron]
 */
record NeuronWaves(RealFourier basis, double[][] a, double[][] b, double[][] u) {
    /** A neuron is pure where this share of its power is at one frequency in each of the three matrices. */
    static final double PURE = 0.85;

    private static final double SILENT = 1e-12;

    static NeuronWaves of(PairTables tables) {
        return new NeuronWaves(new RealFourier(tables.modulus()), tables.a(), tables.b(), tables.u());
    }

    int neurons() {
        return a[0].length;
    }

    /** Share of a matrix's power at each frequency, over all neurons, constants removed. */
    double[] power(double[][] matrix) {
        double[] out = new double[basis.frequencies()];
        double total = 0;
        for (int n = 0; n < neurons(); n++) {
            double[][] coefficients = basis.coefficients(matrix, n);
            for (int k = 0; k < out.length; k++) {
                out[k] += RealFourier.power(coefficients[k]);
                total += RealFourier.power(coefficients[k]);
            }
        }
        for (int k = 0; k < out.length; k++) {
            out[k] /= total;
        }
        return out;
    }

    /**
     * A neuron at its own strongest frequency.
     *
     * @param pure the least share, over A, B and U, of the matrix's power at the matrix's own strongest frequency
     * @param same whether the three strongest frequencies are one
     * @param phases of A, B and U at the strongest frequency of A: the angle f of cos(2 pi k x / p + f)
     */
    record Neuron(double pure, boolean same, double[] phases) {}

    /** One neuron; null where a matrix has no power for it. */
    @Nullable
    Neuron neuron(int n) {
        double pure = 1;
        boolean same = true;
        int frequency = -1;
        double[] phases = new double[3];
        double[][][] all = {a, b, u};
        for (int m = 0; m < 3; m++) {
            double[][] coefficients = basis.coefficients(all[m], n);
            double total = 0;
            int best = 0;
            for (int k = 0; k < coefficients.length; k++) {
                total += RealFourier.power(coefficients[k]);
                best = RealFourier.power(coefficients[k]) > RealFourier.power(coefficients[best]) ? k : best;
            }
            if (total < SILENT) {
                return null;
            }
            pure = Math.min(pure, RealFourier.power(coefficients[best]) / total);
            frequency = m == 0 ? best : frequency;
            same &= best == frequency;
            phases[m] = Math.atan2(-coefficients[frequency][1], coefficients[frequency][0]);
        }
        return new Neuron(pure, same, phases);
    }
}
