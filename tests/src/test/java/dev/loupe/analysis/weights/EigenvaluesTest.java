package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EigenvaluesTest {
    /** After one number that is not read: eigenvalues 3 and -1 of (1 2 | 2 1), 2 + i and 2 - i of (2 1 | -1 2), none of 0. */
    @Test
    void realPartsOverMagnitudes() {
        float[] data = {9, 1, 2, 2, 1, 2, 1, -1, 2, 0, 0, 0, 0};
        assertThat(Eigenvalues.positivity(data, 1, 2)).isEqualTo(2 / 4.0, within(1e-12));
        assertThat(Eigenvalues.positivity(data, 5, 2)).isEqualTo(2 / Math.sqrt(5), within(1e-12));
        assertThat(Eigenvalues.positivity(data, 9, 2)).isNaN();
        assertThat(Eigenvalues.positivity(data, 0, 1)).isEqualTo(1);
    }
}
