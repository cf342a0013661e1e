package dev.loupe.model.gguf;

import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a GGUF tensor lie against those of the hub's tensor.
 *
 * @param turned whether the matrix is the hub's transposed
 * @param hubRow where a row of the file (of a bias: an element) stands on the hub; null where it is the same
 * @param more how much more each number is in the file than on the hub
 */
record GgufOrder(boolean turned, @Nullable IntUnaryOperator hubRow, float more) {
    static final GgufOrder SAME = new GgufOrder(false, null, 0);
    static final GgufOrder TURNED = new GgufOrder(true, null, 0);

    /** The gain itself, of which the hub has what it is beyond 1. */
    static final GgufOrder WHOLE_GAIN = new GgufOrder(false, null, 1);

    static GgufOrder rows(IntUnaryOperator hubRow) {
        return new GgufOrder(false, hubRow, 0);
    }

    boolean same() {
        return !turned && hubRow == null && more == 0;
    }

    /** The shape on the hub. */
    long[] hub(long[] own) {
        return turned && own.length == 2 ? new long[] {own[1], own[0]} : own;
    }

    /** A whole tensor in the hub's order. */
    float[] hub(float[] values, long[] own) {
        if (same() || (turned && own.length != 2)) {
            return values;
        }
        float[] out = new float[values.length];
        if (more != 0) {
            for (int i = 0; i < out.length; i++) {
                out[i] = values[i] - more;
            }
            return out;
        }
        int rows = (int) own[0];
        int width = values.length / rows;
        for (int row = 0; row < rows; row++) {
            if (hubRow != null) {
                System.arraycopy(values, row * width, out, hubRow.applyAsInt(row) * width, width);
            } else {
                for (int col = 0; col < width; col++) {
                    out[col * rows + row] = values[row * width + col];
                }
            }
        }
        return out;
    }
}
