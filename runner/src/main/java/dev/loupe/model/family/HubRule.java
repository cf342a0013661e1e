package dev.loupe.model.family;

import dev.loupe.tensors.TensorSource;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How one TransformerLens tensor is made from a hub file, row by row of the file, so that no tensor is in memory twice.
 *
 * @param name the tensor in the file; null where the family has none and zeros stand in
 * @param shape its shape in the file
 * @param place where a row of the file goes
 * @param exact whether the numbers are the file's own
 */
public record HubRule(@Nullable String name, long[] shape, Placement place, boolean exact) {
    public HubRule(@Nullable String name, long[] shape, Placement place) {
        this(name, shape, place, true);
    }

    /** Puts one row of the file's tensor where TransformerLens has its elements. Rows may come from several threads. */
    interface Placement {
        /**
         * @param from holds the row from {@code at} on
         * @param to the whole TransformerLens tensor, from index 0
         */
        void put(int row, float[] from, int at, FloatBuffer to);
    }

    /** The same under another name. */
    HubRule named(String other) {
        return new HubRule(other, shape, place, exact);
    }

    /** The same with every number n made into {@code times * (n + plus)}, in single precision. */
    HubRule changed(float plus, float times) {
        int width = TensorSource.width(shape);
        return new HubRule(
                name,
                shape,
                (row, from, at, to) -> {
                    float[] own = new float[width];
                    for (int i = 0; i < width; i++) {
                        own[i] = times * (from[at + i] + plus);
                    }
                    place.put(row, own, 0, to);
                },
                false);
    }

    public static HubRule same(String name, long... shape) {
        int width = TensorSource.width(shape);
        return new HubRule(name, shape, (row, from, at, to) -> to.put(row * width, from, at, width));
    }

    /** Zeros of the size that TransformerLens' tensor has. */
    static HubRule zeros(int size) {
        return new HubRule(null, new long[] {size}, (row, from, at, to) -> {});
    }

    /** A matrix [out, in] as torch's Linear has it, to [in, out]. */
    static HubRule transposed(String name, int out, int in) {
        return heads(name, 1, out, in);
    }

    /** [head * d_head, d_model] as torch's Linear has it, to [head, d_model, d_head]. */
    static HubRule heads(String name, int heads, int dHead, int dModel) {
        return new HubRule(
                name,
                new long[] {(long) heads * dHead, dModel},
                (row, from, at, to) -> turned(row / dHead, row % dHead, dHead, dModel, from, at, to));
    }

    /** Rows {@code first} to {@code first + blocks * rows} of a matrix [all, cols], which hold [block, row], to [block, col, row]. */
    static HubRule part(String name, int all, int cols, int first, int blocks, int rows) {
        return new HubRule(name, new long[] {all, cols}, (row, from, at, to) -> {
            int own = row - first;
            if (own >= 0 && own < blocks * rows) {
                turned(own / rows, own % rows, rows, cols, from, at, to);
            }
        });
    }

    /** Row {@code row} of block {@code block} of [block, row, col] as a column of [block, col, row]. */
    static void turned(int block, int row, int rows, int cols, float[] from, int at, FloatBuffer to) {
        int base = block * rows * cols + row;
        for (int c = 0; c < cols; c++) {
            to.put(base + c * rows, from[at + c]);
        }
    }

    /** Reads the tensor into {@code to}, which has exactly its size and zeros in it. */
    public void read(TensorSource source, FloatBuffer to) {
        if (name != null) {
            source.rows(name, (row, from, at) -> place.put(row, from, at, to));
        }
    }
}
