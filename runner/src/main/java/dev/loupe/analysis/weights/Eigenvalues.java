package dev.loupe.analysis.weights;

import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Eigenvalues of small real matrices. */
final class Eigenvalues {
    private Eigenvalues() {}

    /** {@code sum Re(lambda) / sum |lambda|} of the n x n matrix at an offset of a row-major array; NaN when all are 0. */
    static double positivity(float[] data, int offset, int n) {
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        for (int i = 0; i < n * n; i++) {
            matrix.data[i] = data[offset + i];
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false);
        if (!eigen.decompose(matrix)) {
            return Double.NaN;
        }
        double real = 0;
        double size = 0;
        for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
            Complex_F64 lambda = eigen.getEigenvalue(i);
            real += lambda.getReal();
            size += lambda.getMagnitude();
        }
        return size == 0 ? Double.NaN : real / size;
    }
}
