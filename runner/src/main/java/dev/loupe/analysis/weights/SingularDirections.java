package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.plan.build.Planning;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Singular directions, the strongest first. A pair of directions may be turned around together; here the largest entry of
 * the second, the first of equals, is positive.
 *
 * @param values singular values
 * @param left directions [i] of the space that the matrix reads, of length 1
 * @param right directions of the space that it writes
 */
record SingularDirections(double[] values, double[][] left, double[][] right) {
    /** Of {@code W_V W_O} of a head: what it reads and what it writes. */
    static SingularDirections ofOv(WeightAccess w, Planning.Head head) {
        NDArray out = w.inCircuit(head.layer(), "W_O").get(head.head()).transpose();
        return ofProduct(matrix(w.inCircuit(head.layer(), "W_V").get(head.head())), matrix(out));
    }

    /** Of {@code W_Q W_K'} of a head: queries and keys. */
    static SingularDirections ofQk(WeightAccess w, Planning.Head head) {
        return ofProduct(
                matrix(w.inCircuit(head.layer(), "W_Q").get(head.head())),
                matrix(w.inCircuit(head.layer(), "W_K").get(head.head())));
    }

    /** A matrix in double precision. */
    static DMatrixRMaj matrix(NDArray array) {
        Shape shape = array.getShape();
        double[] data = array.toType(DataType.FLOAT64, true).toDoubleArray();
        return new DMatrixRMaj((int) shape.get(0), (int) shape.get(1), true, data);
    }

    /**
     * Of {@code A B'}, A [m, r] and B [n, r]: QR of both factors and the SVD of a matrix [r, r]; the product is never formed.
     */
    static SingularDirections ofProduct(DMatrixRMaj a, DMatrixRMaj b) {
        QRDecomposition<DMatrixRMaj> qa = qr(a);
        QRDecomposition<DMatrixRMaj> qb = qr(b);
        DMatrixRMaj ra = qa.getR(null, true);
        DMatrixRMaj rb = qb.getR(null, true);
        DMatrixRMaj core = new DMatrixRMaj(ra.numRows, rb.numRows);
        CommonOps_DDRM.multTransB(ra, rb, core);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(core.numRows, core.numCols, true, true, true);
        if (!svd.decompose(core)) {
            throw new ArithmeticException(
                    "the singular values of the weights could not be computed: are all " + "weights finite?");
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        DMatrixRMaj w = svd.getW(null);
        SingularOps_DDRM.descendingOrder(u, false, w, v, false);
        DMatrixRMaj left = new DMatrixRMaj(a.numRows, u.numCols);
        DMatrixRMaj right = new DMatrixRMaj(b.numRows, v.numCols);
        CommonOps_DDRM.mult(qa.getQ(null, true), u, left);
        CommonOps_DDRM.mult(qb.getQ(null, true), v, right);
        int n = Math.min(w.numRows, w.numCols);
        double[] values = IntStream.range(0, n).mapToDouble(i -> w.get(i, i)).toArray();
        return new SingularDirections(values, columns(left, n), columns(right, n)).turned();
    }

    /**
     * Of any matrix whose Gram matrix {@code M'M} [n, n] this is; only the directions of that side, as both.
     *
     * @param gram symmetric
     */
    static SingularDirections ofGram(DMatrixRMaj gram) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(gram.numRows, true, true);
        if (!eigen.decompose(gram)) {
            throw new ArithmeticException(
                    "the singular values of the weights could not be computed: are all " + "weights finite?");
        }
        int[] order = IntStream.range(0, gram.numRows)
                .boxed()
                .sorted((i, j) -> Double.compare(
                        eigen.getEigenvalue(j).getReal(), eigen.getEigenvalue(i).getReal()))
                .mapToInt(i -> i)
                .toArray();
        double[] values = new double[order.length];
        double[][] vectors = new double[order.length][];
        for (int i = 0; i < order.length; i++) {
            values[i] = Math.sqrt(Math.max(0, eigen.getEigenvalue(order[i]).getReal()));
            vectors[i] = eigen.getEigenVector(order[i]).data.clone();
        }
        return new SingularDirections(values, vectors, vectors).turned();
    }

    private static QRDecomposition<DMatrixRMaj> qr(DMatrixRMaj matrix) {
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(matrix.numRows, matrix.numCols);
        if (!qr.decompose(matrix.copy())) {
            throw new ArithmeticException("the weights could not be decomposed: are all weights finite?");
        }
        return qr;
    }

    private static double[][] columns(DMatrixRMaj matrix, int count) {
        double[][] out = new double[count][matrix.numRows];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < matrix.numRows; k++) {
                out[i][k] = matrix.get(k, i);
            }
        }
        return out;
    }

    private SingularDirections turned() {
        for (int i = 0; i < values.length; i++) {
            double largest = 0;
            for (double x : right[i]) {
                largest = Math.abs(x) > Math.abs(largest) ? x : largest;
            }
            if (largest < 0) {
                turn(right[i]);
                if (left != right) {
                    turn(left[i]);
                }
            }
        }
        return this;
    }

    private static void turn(double[] direction) {
        for (int k = 0; k < direction.length; k++) {
            direction[k] = -direction[k];
        }
    }
}
