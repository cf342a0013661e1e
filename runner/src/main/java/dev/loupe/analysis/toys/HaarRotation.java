package dev.loupe.analysis.toys;

import dev.loupe.dataset.rows.RowRandom;

/**
 * A random rotation or reflection in so many dimensions, all equally likely (Haar's measure): Gaussian vectors made orthonormal
 * one after another, which is a QR decomposition whose R has a positive diagonal (Mezzadri 2007).
 *
 * @param rows [dimension, dimension], orthonormal
 */
public record HaarRotation(double[][] rows) {
    public static HaarRotation draw(int dimensions, RowRandom random) {
        return new HaarRotation(directions(dimensions, dimensions, random));
    }

    /** The first rows of such a rotation: random directions at right angles [direction, dimension]. */
    public static double[][] directions(int count, int dimensions, RowRandom random) {
        double[][] rows = new double[count][dimensions];
        for (int r = 0; r < count; r++) {
            for (int i = 0; i < dimensions; i++) {
                rows[r][i] = random.nextGaussian();
            }
        }
        orthonormalise(rows);
        return rows;
    }

    /** Takes from each direction what lies along those before it, and makes it of length 1. */
    public static void orthonormalise(double[][] rows) {
        for (int r = 0; r < rows.length; r++) {
            int dimensions = rows[r].length;
            // Twice: what rounding leaves of earlier directions after the first time is gone after the second.
            for (int again = 0; again < 2; again++) {
                for (int before = 0; before < r; before++) {
                    double along = dot(rows[r], rows[before]);
                    for (int i = 0; i < dimensions; i++) {
                        rows[r][i] -= along * rows[before][i];
                    }
                }
            }
            double norm = Math.sqrt(dot(rows[r], rows[r]));
            for (int i = 0; i < dimensions; i++) {
                rows[r][i] /= norm;
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Q W for W [dimension][column]. */
    public double[][] times(double[][] w) {
        double[][] out = new double[rows.length][w[0].length];
        for (int r = 0; r < rows.length; r++) {
            for (int k = 0; k < rows.length; k++) {
                for (int c = 0; c < out[r].length; c++) {
                    out[r][c] += rows[r][k] * w[k][c];
                }
            }
        }
        return out;
    }
}
