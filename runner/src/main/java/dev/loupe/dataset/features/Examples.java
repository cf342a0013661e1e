package dev.loupe.dataset.features;

/**
 * Input vectors with their targets.
 *
 * @param width numbers of one input
 * @param answers numbers of one target
 * @param x [row, input], row-major
 * @param y [row, output], row-major; the same array as {@code x} where a network is to answer its input
 */
public record Examples(int width, int answers, float[] x, float[] y) {
    /** Room for rows of a dataset, all zero. */
    public static Examples of(FeatureDataset data, int rows) {
        float[] x = new float[Math.multiplyExact(rows, data.width())];
        boolean same = data instanceof SparseFeatures;
        float[] y = same ? x : new float[Math.multiplyExact(rows, data.answers())];
        return new Examples(data.width(), data.answers(), x, y);
    }

    public int rows() {
        return x.length / width;
    }

    /** Copies rows of other examples of the same widths. */
    public void copy(Examples from, int row, int to, int rows) {
        System.arraycopy(from.x, row * width, x, to * width, rows * width);
        if (x != y) {
            System.arraycopy(from.y, row * answers, y, to * answers, rows * answers);
        }
    }
}
