package dev.loupe.model.dictionary;

import dev.loupe.analysis.toys.HaarRotation;
import dev.loupe.dataset.rows.RowRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A dictionary in a space that is turned at random (Haar): a feature that reads w and writes d then reads R w and writes R d. Lengths,
 * biases and angles between features stay as they are. What a transcoder reads and what it writes are turned separately.
 */
final class RotatedSpace {
    private RotatedSpace() {}

    /** @param values by the names of {@link DictionaryKind#tensors}; they stay as they are */
    static Map<String, float[]> of(DictionaryConfig config, Map<String, float[]> values, long seed) {
        HaarRotation in = HaarRotation.draw(config.in(), new RowRandom(seed, 0));
        HaarRotation out = config.kind().transcodes() ? HaarRotation.draw(config.out(), new RowRandom(seed, 1)) : in;
        Map<String, float[]> turned = new HashMap<>(values);
        turned.put("W_enc", flat(in.times(rows(values, "W_enc", config.in()))));
        double[][] decoder = transposed(rows(values, "W_dec", config.features()));
        turned.put("W_dec", flat(transposed(out.times(decoder))));
        if (config.kind().skips()) {
            double[][] half = out.times(rows(values, "W_skip", config.out()));
            turned.put("W_skip", flat(transposed(in.times(transposed(half)))));
        }
        return turned;
    }

    private static double[][] rows(Map<String, float[]> values, String name, int rows) {
        float[] all = Objects.requireNonNull(values.get(name), name);
        int width = all.length / rows;
        double[][] out = new double[rows][width];
        for (int i = 0; i < all.length; i++) {
            out[i / width][i % width] = all[i];
        }
        return out;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] out = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < out.length; j++) {
                out[j][i] = matrix[i][j];
            }
        }
        return out;
    }

    private static float[] flat(double[][] matrix) {
        float[] out = new float[matrix.length * matrix[0].length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                out[i * matrix[0].length + j] = (float) matrix[i][j];
            }
        }
        return out;
    }
}
