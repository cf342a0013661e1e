package dev.loupe.model;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How one TransformerLens tensor is made from a hub file.
 *
 * @param name the tensor in the file; null where the family has none and zeros stand in
 * @param shape its shape in the file
 * @param change from the file's order to TransformerLens' order
 */
record HubRule(@Nullable String name, long[] shape, UnaryOperator<float[]> change) {
    static HubRule same(String name, long... shape) {
        return new HubRule(name, shape, x -> x);
    }

    /** Zeros of the size that TransformerLens' tensor has. */
    static HubRule zeros(int size) {
        return new HubRule(null, new long[] {size}, x -> new float[size]);
    }

    /** A matrix [out, in] as torch's Linear has it, to [in, out]. */
    static HubRule transposed(String name, int out, int in) {
        return new HubRule(name, new long[] {out, in}, x -> transpose(x, out, in));
    }

    /** [head * d_head, d_model] as torch's Linear has it, to [head, d_model, d_head]. */
    static HubRule heads(String name, int heads, int dHead, int dModel) {
        return new HubRule(
                name, new long[] {(long) heads * dHead, dModel}, x -> transposeBlocks(x, heads, dHead, dModel));
    }

    static float[] transpose(float[] x, int rows, int cols) {
        return transposeBlocks(x, 1, rows, cols);
    }

    /** [block, row, col] to [block, col, row]. */
    static float[] transposeBlocks(float[] x, int blocks, int rows, int cols) {
        float[] out = new float[x.length];
        for (int block = 0; block < blocks; block++) {
            int base = block * rows * cols;
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < cols; c++) {
                    out[base + c * rows + r] = x[base + r * cols + c];
                }
            }
        }
        return out;
    }
}
