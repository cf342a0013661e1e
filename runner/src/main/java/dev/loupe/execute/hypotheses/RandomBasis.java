package dev.loupe.execute.hypotheses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.RowRandom;

/**
 * A random orthonormal basis, all equally likely (Haar's measure): Gaussian vectors made orthonormal one after another, a block of
 * them at a time, so that nearly all of the work is products of matrices. Of 1,536 dimensions it takes a second.
 */
public final class RandomBasis {
    private static final int BLOCK = 64;

    private RandomBasis() {}

    /**
     * A basis.
     *
     * @param manager owns the result
     * @return float32 [dimension, dimension], a direction in each row
     */
    public static NDArray draw(int dimensions, RowRandom random, NDManager manager) {
        try (NDManager own = manager.newSubManager()) {
            NDArray basis = null;
            for (int from = 0; from < dimensions; from += BLOCK) {
                int count = Math.min(BLOCK, dimensions - from);
                NDArray block = own.create(gaussian(count * dimensions, random), new Shape(count, dimensions));
                // Twice: what rounding leaves of earlier directions after the first time is gone after the second.
                for (int again = 0; basis != null && again < 2; again++) {
                    block = block.sub(block.matMul(basis.transpose()).matMul(basis));
                }
                double[] flat = block.toDoubleArray();
                orthonormal(flat, count, dimensions);
                NDArray directions = own.create(flat, new Shape(count, dimensions));
                basis = basis == null ? directions : basis.concat(directions, 0);
            }
            if (basis == null) {
                throw new IllegalArgumentException("no dimensions");
            }
            NDArray single = basis.toType(DataType.FLOAT32, false);
            single.attach(manager);
            return single;
        }
    }

    /** Standard normal numbers (Box and Muller 1958). */
    private static double[] gaussian(int count, RowRandom random) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            numbers[i] = radius * Math.cos(2 * Math.PI * random.nextDouble());
        }
        return numbers;
    }

    private static void orthonormal(double[] flat, int count, int width) {
        for (int row = 0; row < count; row++) {
            for (int again = 0; again < 2; again++) {
                for (int before = 0; before < row; before++) {
                    double along = dot(flat, row, before, width);
                    for (int i = 0; i < width; i++) {
                        flat[row * width + i] -= along * flat[before * width + i];
                    }
                }
            }
            double length = Math.sqrt(dot(flat, row, row, width));
            for (int i = 0; i < width; i++) {
                flat[row * width + i] /= length;
            }
        }
    }

    private static double dot(double[] flat, int one, int other, int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += flat[one * width + i] * flat[other * width + i];
        }
        return sum;
    }
}
