package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistinctLabelsTest {
    private static boolean[] upTo(int n) {
        boolean[] has = new boolean[40];
        java.util.Arrays.fill(has, 0, n, true);
        return has;
    }

    /** 19 of 20 common positions are .95; 10 of 20 are .5. */
    @Test
    void labelsOfTheSamePositionsAreOneTest() {
        int[] first = DistinctLabels.first(new boolean[][] {upTo(20), upTo(10), upTo(19), new boolean[40]});
        assertThat(first).containsExactly(0, 1, 0, 3);
        assertThat(DistinctLabels.first(new boolean[][] {upTo(20), upTo(18)}))
                .as("18 of 20 are not more than .9")
                .containsExactly(0, 1);
        double nan = Double.NaN;
        // Three tests with .01, .03 and undefined: two p-values, times 2 / 1 and 2 / 2.
        assertThat(DistinctLabels.adjusted(new double[] {.02, .03, .01, nan}, first))
                .containsExactly(.02, .03, .02, nan);
        assertThat(DistinctLabels.adjusted(new double[] {nan, .03, .01, nan}, first)[2])
                .isEqualTo(.02);
    }
}
