package dev.loupe.dataset.rows;

/**
 * Feature vectors for toy models.
 *
 * @param values [instance, row, feature], row-major
 */
public record FeatureRows(int instances, int rows, int features, float[] values) {

    public FeatureRows {
        if (values.length != Math.multiplyExact(Math.multiplyExact(instances, rows), features)) {
            throw new IllegalArgumentException(
                    values.length + " values for " + instances + " x " + rows + " x " + features);
        }
    }

    public float at(int instance, int row, int feature) {
        return values[(instance * rows + row) * features + feature];
    }
}
