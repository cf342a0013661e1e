package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.weights.Svd.Which;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.result.NamedArray;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Spectra and random factors of two heads, against decompositions of whole matrices. */
class SvdTest {
    private static final SmallModel MODEL = SmallModel.of(6, 7);
    private static final List<HeadName> HEADS = List.of(new HeadName(2, 1), new HeadName(0, 0));

    private static double[] values(SimpleMatrix matrix, int count) {
        return Arrays.copyOf(matrix.svd().getSingularValues(), count);
    }

    /** Eigenvalues of the symmetric part, largest first. */
    private static double[] symmetric(SimpleMatrix matrix) {
        return matrix.plus(matrix.transpose()).scale(.5).eig().getEigenvalues().stream()
                .mapToDouble(one -> -one.getReal())
                .sorted()
                .map(one -> -one)
                .toArray();
    }

    /** Independent normal numbers with the norm of a matrix, row by row. */
    private static SimpleMatrix drawn(SimpleMatrix like, SplittableRandom random) {
        SimpleMatrix out = new SimpleMatrix(like.getNumRows(), like.getNumCols());
        for (int r = 0; r < out.getNumRows(); r++) {
            for (int c = 0; c < out.getNumCols(); c++) {
                out.set(r, c, random.nextGaussian());
            }
        }
        return out.scale(like.normF() / out.normF());
    }

    @Test
    void eachHeadStandsBesideItsOwnRandomFactors() {
        for (Which which : Which.values()) {
            for (CircuitBasis between : CircuitBasis.values()) {
                Svd svd = new Svd(which, HEADS, between, 3, 40);
                NamedArray found = MODEL.with(svd::compute);
                assertThat(found.axes()).isEqualTo(svd.axes(MODEL.shape()));
                int kept = which == Which.QK_SYMMETRIC ? 5 : 3;
                assertThat(found.data()).hasSize(2 * 2 * kept);
                SimpleMatrix left = between == CircuitBasis.RESIDUAL
                        ? SimpleMatrix.identity(5)
                        : between == CircuitBasis.EMBEDDINGS ? MODEL.embedding() : MODEL.effectiveEmbedding();
                SimpleMatrix right = which != Which.OV
                        ? left.transpose()
                        : between == CircuitBasis.RESIDUAL ? SimpleMatrix.identity(5) : MODEL.unembedding();
                for (int h = 0; h < 2; h++) {
                    HeadName head = HEADS.get(h);
                    SimpleMatrix a = MODEL.head(head.layer(), head.head(), which == Which.OV ? "W_V" : "W_Q");
                    SimpleMatrix b = which == Which.OV
                            ? MODEL.head(head.layer(), head.head(), "W_O").transpose()
                            : MODEL.head(head.layer(), head.head(), "W_K");
                    double[] own = spectrum(which, left, a, b, right, kept);
                    SplittableRandom random = new SplittableRandom(40 + 1009L * h);
                    double[] mean = new double[kept];
                    for (int draw = 0; draw < 3; draw++) {
                        double[] one = spectrum(which, left, drawn(a, random), drawn(b, random), right, kept);
                        for (int i = 0; i < kept; i++) {
                            mean[i] += one[i] / 3;
                        }
                    }
                    for (int i = 0; i < kept; i++) {
                        double scale = 1e-5 * Math.max(1, own[0]);
                        assertThat(found.data()[2 * h * kept + i])
                                .as("%s %s %d", which, between, i)
                                .isEqualTo(own[i], within(scale));
                        assertThat(found.data()[(2 * h + 1) * kept + i]).isEqualTo(mean[i], within(scale));
                    }
                }
            }
        }
    }

    private static double[] spectrum(
            Which which, SimpleMatrix left, SimpleMatrix a, SimpleMatrix b, SimpleMatrix right, int kept) {
        SimpleMatrix whole = left.mult(a).mult(b.transpose()).mult(right);
        if (which != Which.QK_SYMMETRIC) {
            return values(whole, kept);
        }
        // Of six tokens the matrix has one direction more than d_model, whose number is 0 but for rounding.
        double[] all = symmetric(whole);
        double least = Arrays.stream(all).map(Math::abs).min().orElseThrow();
        return all.length == kept
                ? all
                : Arrays.stream(all).filter(one -> Math.abs(one) > least).toArray();
    }

    /** More tokens than are in double precision at a time. */
    @Test
    void aLargeVocabularyIsAddedUpInPieces() {
        SmallModel large = SmallModel.of(4100, 3);
        Svd svd = new Svd(Which.QK, List.of(new HeadName(1, 1)), CircuitBasis.EMBEDDINGS, 1, 1);
        double[] found = large.with(svd::compute).data();
        SimpleMatrix gram = large.embedding().transpose().mult(large.embedding());
        SimpleMatrix root = new SimpleMatrix(gram.getDDRM());
        // Of M A B' M' the squares of the singular values are the eigenvalues of A B' G B A' G.
        SimpleMatrix product =
                large.qk(1, 1).mult(root).mult(large.qk(1, 1).transpose()).mult(root);
        double[] squares = product.eig().getEigenvalues().stream()
                .mapToDouble(one -> -one.getReal())
                .sorted()
                .map(one -> Math.sqrt(Math.max(0, -one)))
                .toArray();
        for (int i = 0; i < 3; i++) {
            assertThat(found[i]).isEqualTo(squares[i], within(1e-5 * squares[0]));
        }
    }

    @Test
    void workAndMemoryGrowWithWhatIsDecomposed() {
        // A head: 2 x 5 x 3 x 3 for the Gram matrix, 30 x 27 for its eigenvalues; twice for both factors.
        assertThat(new Svd(Which.OV, HEADS, CircuitBasis.RESIDUAL, 4, 1).flops(MODEL.shape()))
                .isEqualTo(2L * 5 * 2 * (90 + 810));
        assertThat(new Svd(Which.QK_SYMMETRIC, HEADS, CircuitBasis.EMBEDDINGS, 1, 1).flops(MODEL.shape()))
                .isEqualTo(2L * (2 * 6 * 25 + 2 * 2 * (2 * 5 * 36 + 30 * 216)));
        assertThat(new Svd(Which.OV, HEADS, CircuitBasis.RESIDUAL, 1, 1).bytes(MODEL.shape()))
                .isZero();
        assertThat(new Svd(Which.OV, HEADS, CircuitBasis.EMBEDDINGS, 1, 1).bytes(MODEL.shape()))
                .isEqualTo(4 * 6 * 5);
        assertThat(new Svd(Which.OV, HEADS, CircuitBasis.EFFECTIVE_EMBEDDINGS, 1, 1).bytes(MODEL.shape()))
                .isEqualTo(2 * 4 * 6 * 5);
    }

    @Test
    void drawsHaveLimits() {
        new Svd(Which.OV, HEADS, CircuitBasis.RESIDUAL, 1000, 1);
        for (int draws : new int[] {0, 1001}) {
            assertThatThrownBy(() -> new Svd(Which.OV, HEADS, CircuitBasis.RESIDUAL, draws, 1))
                    .hasMessageContaining("not " + draws);
        }
    }
}
