package dev.loupe.backend;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** How fast this machine multiplies matrices, measured: nearly all operations of a transformer are such products. */
public final class MatrixRate {
    /** Rows of the product: about the tokens of a batch of prompts. */
    private static final int TOKENS = 128;

    private static final int ROUNDS = 5;

    private MatrixRate() {}

    /**
     * FLOP per second of the product {@code [128, in] x [in, out]} in float32, the fastest of five after one that warms up.
     * It takes the memory of the second matrix and the time of six products.
     *
     * @param device {@code cpu} or {@code gpu}
     */
    public static double measure(String device, int in, int out) {
        try (NDManager manager = Backend.manager(device)) {
            NDArray tokens = manager.ones(new Shape(TOKENS, in));
            NDArray weights = manager.ones(new Shape(in, out));
            product(tokens, weights);
            long best = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                product(tokens, weights);
                best = Math.min(best, System.nanoTime() - began);
            }
            return 2.0 * TOKENS * in * out / (best / 1e9);
        }
    }

    /** One number is read back, so that a device that computes later has finished. */
    private static void product(NDArray tokens, NDArray weights) {
        try (NDArray all = tokens.matMul(weights);
                NDArray corner = all.get("0, 0")) {
            corner.toFloatArray();
        }
    }
}
