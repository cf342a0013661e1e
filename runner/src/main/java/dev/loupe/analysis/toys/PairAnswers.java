package dev.loupe.analysis.toys;

/**
 * What a network answers to every pair of numbers.
 *
 * @param sign 1 for a + b, -1 for a - b
 * @param logits [a, b, c], row-major
 * @param right the result of each pair {@code a * modulus + b} on which a loss is measured; -1 for the others
 */
record PairAnswers(int modulus, int sign, float[] logits, int[] right) {
    /**
     * Whether the results are sums or differences modulo a number.
     *
     * @param right the result of each pair; -1 where it is not known
     * @throws IllegalArgumentException where they are neither
     */
    static int sign(int[] right, int modulus) {
        for (int sign : new int[] {1, -1}) {
            boolean all = true;
            boolean any = false;
            for (int pair = 0; pair < right.length && all; pair++) {
                any |= right[pair] >= 0;
                all = right[pair] < 0
                        || right[pair] == Math.floorMod(pair / modulus + sign * (pair % modulus), modulus);
            }
            if (all && any) {
                return sign;
            }
        }
        throw new IllegalArgumentException("the rows ask for neither a + b nor a - b modulo " + modulus
                + " of the two numbers, and waves in a + b - c or a - b - c are looked for");
    }

    /** The waves in these logits. */
    TrigonometricLogits waves() {
        return new TrigonometricLogits(new RealFourier(modulus), sign, logits);
    }

    /** Mean negative log-probability, in nats, of the results under other logits. */
    double loss(float[] others) {
        double sum = 0;
        int count = 0;
        for (int pair = 0; pair < right.length; pair++) {
            if (right[pair] < 0) {
                continue;
            }
            int from = pair * modulus;
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < modulus; c++) {
                most = Math.max(most, others[from + c]);
            }
            double total = 0;
            for (int c = 0; c < modulus; c++) {
                total += Math.exp(others[from + c] - most);
            }
            sum += Math.log(total) + most - others[from + right[pair]];
            count++;
        }
        return sum / count;
    }
}
