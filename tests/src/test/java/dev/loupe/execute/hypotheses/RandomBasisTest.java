package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.RowRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomBasisTest {
    private static float[] draw(int dimensions, long seed) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return RandomBasis.draw(dimensions, new RowRandom(seed, 0), manager).toFloatArray();
        }
    }

    /** Below a block, a whole one, and blocks with a rest. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 150})
    void directionsHaveLengthOneAndRightAngles(int dimensions) {
        float[] basis = draw(dimensions, 3);
        for (int a = 0; a < dimensions; a++) {
            for (int b = 0; b <= a; b++) {
                double product = 0;
                for (int i = 0; i < dimensions; i++) {
                    product += (double) basis[a * dimensions + i] * basis[b * dimensions + i];
                }
                assertThat(product).isEqualTo(a == b ? 1 : 0, within(1e-6));
            }
        }
    }

    /** No coordinate is preferred: of 150 squares of mean 1/150 the largest is no more than 20 times that, in the first and the last row. */
    @Test
    void directionsAreSpreadOverAllCoordinates() {
        float[] basis = draw(150, 4);
        for (int row : new int[] {0, 63, 64, 149}) {
            float[] own = Arrays.copyOfRange(basis, row * 150, (row + 1) * 150);
            double largest = 0;
            double negative = 0;
            for (float x : own) {
                largest = Math.max(largest, x * x);
                negative += x < 0 ? 1 : 0;
            }
            assertThat(largest).isLessThan(20 / 150.0);
            assertThat(negative).isBetween(45.0, 105.0);
        }
    }
}
