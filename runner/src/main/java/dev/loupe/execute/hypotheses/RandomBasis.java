package dev.loupe.execute.hypotheses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.toys.HaarRotation;
import dev.loupe.dataset.rows.RowRandom;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A random orthonormal basis, all equally likely: a {@link HaarRotation} of many dimensions, made a block of directions at a time, so that nearly all of the work is products of matrices. Of 1,536 dimensions it takes a second.
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
                NDArray block = own.create(
                        DoubleStream.generate(random::nextGaussian)
                                .limit((long) count * dimensions)
                                .toArray(),
                        new Shape(count, dimensions));
                // Twice: what rounding leaves of earlier directions after the first time is gone after the second.
                for (int again = 0; basis != null && again < 2; again++) {
                    block = block.sub(block.matMul(basis.transpose()).matMul(basis));
                }
                NDArray directions =
                        own.create(orthonormal(block.toDoubleArray(), count), new Shape(count, dimensions));
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

    private static double[] orthonormal(double[] flat, int count) {
        int width = flat.length / count;
        double[][] rows = new double[count][];
        Arrays.setAll(rows, row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width));
        HaarRotation.orthonormalise(rows);
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
