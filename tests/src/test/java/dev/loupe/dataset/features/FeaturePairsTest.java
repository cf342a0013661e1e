package dev.loupe.dataset.features;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeaturePairsTest {
    private static FeaturePairs pairs(String options) {
        return bind(FeaturePairs.class, "{generator: feature-pairs, " + options + "}");
    }

    /** Outputs are the pairs (0,1), (0,2), (1,2). */
    @ParameterizedTest
    @CsvSource({"and, 1, 0, 0, 0", "or, 0, 0, 1, 1", "xor, 1, 0, 1, 1", "and, 1, 1, 1, 1"})
    void targetsFollowFromTheInputs(String function, float x0, float x1, float x2, float last) {
        Examples rows = pairs("features: 3, function: " + function).draw(3, 500, 0.5);
        int seen = 0;
        for (int row = 0; row < 500; row++) {
            if (rows.x()[3 * row] == x0 && rows.x()[3 * row + 1] == x1 && rows.x()[3 * row + 2] == x2) {
                assertThat(rows.y()[3 * row + 2]).isEqualTo(last);
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({"and", "or", "xor", "abs"})
    void zeroLosesTheMeanSquareOfATarget(String function) {
        FeaturePairs data = pairs("features: 6, function: " + function);
        for (double sparsity : new double[] {0.3, 0.8}) {
            float[] y = data.draw(4, 20_000, sparsity).y();
            double sum = 0;
            for (float target : y) {
                sum += target * target;
            }
            assertThat(sum / y.length).isEqualTo(data.zeroModelLoss(sparsity), within(0.01));
        }
    }

    @Test
    void absReadsBothSigns() {
        Examples rows = pairs("features: 2, function: abs").draw(5, 2000, 0);
        double sum = 0;
        for (int i = 0; i < rows.x().length; i++) {
            assertThat(rows.y()[i]).isEqualTo(Math.abs(rows.x()[i]));
            assertThat(rows.y()[i]).isLessThanOrEqualTo(1);
            sum += rows.x()[i];
        }
        assertThat(sum / rows.x().length).isEqualTo(0, within(.05));
    }
}
