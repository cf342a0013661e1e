package dev.loupe.analysis.toys;

/**
 * The part of a network's logits that depends on a +- b - c alone: the mean over all pairs (a, b) of the logit at each offset,
 * constants over c removed, and its frequencies.
 */
final class TrigonometricLogits {
    private final RealFourier basis;
    private final int sign;
    private final float[] logits;
    private final double[][] coefficients;
    private final double total;

    /**
     * @param sign 1 for a + b - c, -1 for a - b - c
     * @param logits [a, b, c] of all pairs, row-major
     */
    TrigonometricLogits(RealFourier basis, int sign, float[] logits) {
        this.basis = basis;
        this.sign = sign;
        int p = basis.modulus();
        double[][] means = new double[p][1];
        double variance = 0;
        this.logits = logits.clone();
        for (int pair = 0; pair < p * p; pair++) {
            double mean = 0;
            for (int c = 0; c < p; c++) {
                mean += logits[pair * p + c] / (double) p;
            }
            for (int c = 0; c < p; c++) {
                double centred = logits[pair * p + c] - mean;
                this.logits[pair * p + c] = (float) centred;
                variance += centred * centred;
                means[offset(pair, c)][0] += centred / (p * (double) p);
            }
        }
        this.total = variance;
        this.coefficients = basis.coefficients(means, 0);
    }

    private int offset(int pair, int c) {
        int p = basis.modulus();
        return Math.floorMod(pair / p + sign * (pair % p) - c, p);
    }

    /** Share of the variance of the centred logits at a frequency of the offset. */
    double explained(int frequency) {
        double p = basis.modulus();
        return RealFourier.power(coefficients[frequency - 1]) * p * p / total;
    }

    /** All logits, those of the offset alone at the chosen frequencies, or what is left without them: [a, b, c]. */
    float[] part(boolean[] key, boolean inside) {
        int p = basis.modulus();
        double[] curve = new double[p];
        double scale = Math.sqrt(2.0 / p);
        for (int k = 1; k <= basis.frequencies(); k++) {
            for (int d = 0; d < p && key[k - 1]; d++) {
                double angle = basis.angle(k, d);
                curve[d] +=
                        scale * (coefficients[k - 1][0] * Math.cos(angle) + coefficients[k - 1][1] * Math.sin(angle));
            }
        }
        float[] out = new float[logits.length];
        for (int pair = 0; pair < p * p; pair++) {
            for (int c = 0; c < p; c++) {
                double own = curve[offset(pair, c)];
                out[pair * p + c] = (float) (inside ? own : logits[pair * p + c] - own);
            }
        }
        return out;
    }
}
