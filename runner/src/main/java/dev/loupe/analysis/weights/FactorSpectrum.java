package dev.loupe.analysis.weights;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Spectra of products of thin factors {@code A B'}, A [m, r] and B [n, r], from the factors' Gram matrices [r, r] alone, so
 * that no matrix of m x n is formed. Values far below the largest are exact to about 1e-8 of it.
 */
final class FactorSpectrum {
    private FactorSpectrum() {}

    /**
     * Singular values of {@code A B'}, largest first.
     *
     * @param a {@code A'A} [r, r], row-major
     * @param b {@code B'B}
     */
    static double[] singularValues(double[] a, double[] b) {
        DMatrixRMaj root = root(a);
        double[] squares = eigenvalues(between(root, new DMatrixRMaj(square(b), square(b), true, b)));
        return Arrays.stream(squares).map(x -> Math.sqrt(Math.max(0, x))).toArray();
    }

    /**
     * Eigenvalues of the symmetric part {@code (A B' + B A') / 2}, largest first; the others of that matrix are 0.
     *
     * @param both the Gram matrix [2r, 2r] of A and B side by side
     */
    static double[] symmetricPart(double[] both) {
        int n = square(both);
        DMatrixRMaj swap = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            swap.set(i, (i + n / 2) % n, 0.5);
        }
        return eigenvalues(between(root(both), swap));
    }

    /** {@code R M R}. */
    private static DMatrixRMaj between(DMatrixRMaj root, DMatrixRMaj middle) {
        DMatrixRMaj left = new DMatrixRMaj(root.numRows, root.numCols);
        DMatrixRMaj out = new DMatrixRMaj(root.numRows, root.numCols);
        CommonOps_DDRM.mult(root, middle, left);
        CommonOps_DDRM.mult(left, root, out);
        return out;
    }

    /** The symmetric square root of a matrix without negative eigenvalues. */
    private static DMatrixRMaj root(double[] gram) {
        int n = square(gram);
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(new DMatrixRMaj(n, n, true, gram));
        DMatrixRMaj scaled = new DMatrixRMaj(n, n);
        DMatrixRMaj vectors = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            double value = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
            DMatrixRMaj vector = eigen.getEigenVector(i);
            for (int k = 0; k < n; k++) {
                vectors.set(k, i, vector.get(k));
                scaled.set(k, i, vector.get(k) * value);
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(scaled, vectors, out);
        return out;
    }

    private static double[] eigenvalues(DMatrixRMaj matrix) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(matrix);
        return IntStream.range(0, matrix.numRows)
                .mapToDouble(i -> -eigen.getEigenvalue(i).getReal())
                .sorted()
                .map(x -> -x)
                .toArray();
    }

    private static EigenDecomposition_F64<DMatrixRMaj> decompose(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.numRows; i++) {
            for (int k = 0; k < i; k++) {
                double mean = (matrix.get(i, k) + matrix.get(k, i)) / 2;
                matrix.set(i, k, mean);
                matrix.set(k, i, mean);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(matrix.numRows, true, true);
        if (!eigen.decompose(matrix)) {
            throw new ArithmeticException(
                    "the eigenvalues of the weights could not be computed: are all weights " + "finite?");
        }
        return eigen;
    }

    private static int square(double[] data) {
        return (int) Math.round(Math.sqrt(data.length));
    }
}
