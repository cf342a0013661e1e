package dev.loupe.model.forward;

import java.nio.FloatBuffer;

/**
 * Zeros after the last token of a vocabulary, up to a multiple of 16 tokens. GPT-2 has 50257: each row of its logits then
 * begins at another alignment, and the engine takes 1.4 times as long for the product. The logits of the tokens are the same,
 * bit by bit; those of the margin are cut off.
 */
final class VocabularyMargin {
    private static final int LINE = 16;

    /** Below this the product is too short to gain. */
    private static final int LARGE = 4096;

    private VocabularyMargin() {}

    /** The shape of a parameter with the margin: embeddings have a row for each token, the unembedding has a column. */
    static long[] widened(PackedTensor tensor) {
        long[] shape = tensor.shape().clone();
        switch (tensor.name()) {
            case "embed.W_E" -> shape[0] = widened(shape[0]);
            case "unembed.W_U" -> shape[1] = widened(shape[1]);
            default -> {}
        }
        return shape;
    }

    private static long widened(long tokens) {
        return tokens < LARGE ? tokens : (tokens + LINE - 1) / LINE * LINE;
    }

    /**
     * Moves rows apart within their buffer.
     *
     * @param values begins with a matrix [row, col] and becomes [row, wide], with zeros in the new columns
     */
    static void spread(FloatBuffer values, int rows, int cols, int wide) {
        float[] row = new float[wide];
        for (int r = rows - 1; r > 0 && wide > cols; r--) {
            values.get(r * cols, row, 0, cols);
            values.put(r * wide, row);
        }
        values.put(cols, new float[wide - cols]);
    }
}
