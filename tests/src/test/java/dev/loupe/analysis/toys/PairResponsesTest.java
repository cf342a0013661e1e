package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairResponsesTest {
    @Test
    void inputsCountInBinaryWithTheFirstFastest() {
        assertThat(PairResponses.everyInput(2)).containsExactly(0, 0, 1, 0, 0, 1, 1, 1);
        assertThat(PairResponses.everyInput(14)).hasSize((1 << 14) * 14);
        assertThatThrownBy(() -> PairResponses.everyInput(15)).hasMessageContaining("too many for 15 inputs");
    }

    /**
     * Three inputs; s_i is 1 or -1. Neuron 0 is x_0 x_2 = (1 + s_0)(1 + s_2) / 4: a quarter for its pair. Neuron 1 is
     * 3 - 2 s_0 s_1 + s_1 s_2 / 2 + s_0: its coefficients without their signs.
     */
    @Test
    void aResponseIsTheCoefficientOfItsPairsSigns() {
        float[] hidden = new float[16];
        for (int row = 0; row < 8; row++) {
            int[] s = {2 * (row & 1) - 1, 2 * (row >> 1 & 1) - 1, 2 * (row >> 2 & 1) - 1};
            hidden[2 * row] = (1 + s[0]) * (1 + s[2]) / 4f;
            hidden[2 * row + 1] = 3 - 2 * s[0] * s[1] + s[1] * s[2] / 2f + s[0];
        }
        double[][] found = PairResponses.of(hidden, 3);
        assertThat(found[0]).containsExactly(new double[] {0, .25, 0}, within(1e-12));
        assertThat(found[1]).containsExactly(new double[] {2, 0, .5}, within(1e-12));
    }

    @Test
    void monosemanticityIsTheLargestOverTheSum() {
        assertThat(PairResponses.monosemanticity(new double[] {2, 0, .5}, .1)).isEqualTo(.8);
        assertThat(PairResponses.monosemanticity(new double[] {.5, .25}, .5)).isNaN();
        assertThat(PairResponses.monosemanticity(new double[] {.5, 0}, .49)).isEqualTo(1);
    }
}
