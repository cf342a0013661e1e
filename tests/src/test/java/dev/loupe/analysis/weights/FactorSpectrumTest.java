package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spectra from thin factors, against the decomposition of the whole product. */
class FactorSpectrumTest {
    private static final double EXACT = 1e-9;

    private static SimpleMatrix random(int rows, int columns, long seed) {
        return SimpleMatrix.random_DDRM(rows, columns, -1, 1, new Random(seed));
    }

    private static double[] gram(SimpleMatrix factor) {
        return factor.transpose().mult(factor).getDDRM().data;
    }

    @ParameterizedTest
    @CsvSource({"9, 7, 3", "5, 5, 5", "4, 6, 5", "12, 3, 1"})
    void singularValuesAndDirectionsAreThoseOfTheProduct(int m, int n, int r) {
        SimpleMatrix a = random(m, r, 1);
        SimpleMatrix b = random(n, r, 2);
        SimpleMatrix product = a.mult(b.transpose());
        double[] whole = product.svd().getSingularValues();
        double[] values = FactorSpectrum.singularValues(gram(a), gram(b));
        SingularDirections found = SingularDirections.ofProduct(a.getDDRM(), b.getDDRM());
        int rank = Math.min(Math.min(m, n), r);
        for (int i = 0; i < rank; i++) {
            assertThat(values[i]).isEqualTo(whole[i], within(1e-7));
            assertThat(found.values()[i]).isEqualTo(whole[i], within(EXACT));
            SimpleMatrix u = new SimpleMatrix(m, 1, true, found.left()[i]);
            SimpleMatrix v = new SimpleMatrix(n, 1, true, found.right()[i]);
            assertThat(product.mult(v).minus(u.scale(whole[i])).normF()).isLessThan(EXACT);
            assertThat(u.normF()).isEqualTo(1, within(EXACT));
            double largest = Arrays.stream(found.right()[i])
                    .boxed()
                    .max((x, y) -> Double.compare(Math.abs(x), Math.abs(y)))
                    .orElseThrow();
            assertThat(largest).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 3", "5, 2", "4, 1"})
    void theSymmetricPartHasTheEigenvaluesOfTheWholeMatrix(int m, int r) {
        SimpleMatrix a = random(m, r, 3);
        SimpleMatrix b = random(m, r, 4);
        SimpleMatrix product = a.mult(b.transpose());
        double[] whole = product.plus(product.transpose()).scale(0.5).eig().getEigenvalues().stream()
                .mapToDouble(x -> -x.getReal())
                .sorted()
                .map(x -> -x)
                .toArray();
        double[] found = FactorSpectrum.symmetricPart(gram(a.combine(0, r, b)));
        assertThat(found).hasSize(2 * r);
        for (int i = 0; i < r; i++) {
            assertThat(found[i]).isEqualTo(whole[i], within(EXACT));
            assertThat(found[2 * r - 1 - i]).isEqualTo(whole[m - 1 - i], within(EXACT));
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 5", "5, 8"})
    void directionsOfAGramMatrixAreTheRightSingularVectors(int rows, int columns) {
        SimpleMatrix matrix = random(rows, columns, 5);
        SingularDirections found =
                SingularDirections.ofGram(new SimpleMatrix(columns, columns, true, gram(matrix)).getDDRM());
        double[] whole = matrix.svd().getSingularValues();
        for (int i = 0; i < Math.min(rows, columns); i++) {
            assertThat(found.values()[i]).isEqualTo(whole[i], within(1e-7));
            SimpleMatrix v = new SimpleMatrix(columns, 1, true, found.right()[i]);
            assertThat(matrix.mult(v).normF()).isEqualTo(whole[i], within(1e-7));
        }
    }
}
