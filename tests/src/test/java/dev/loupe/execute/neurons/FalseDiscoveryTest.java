package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FalseDiscoveryTest {
    /** Sorted .01, .02, .03, .5 of four: 4, 2, 4/3 and 1 times p, each at most the next. */
    @Test
    void byHand() {
        assertThat(FalseDiscovery.adjusted(new double[] {.5, .01, .03, .02})).containsExactly(.5, .04, .04, .04);
        assertThat(FalseDiscovery.adjusted(new double[] {.002, Double.NaN, .9})).containsExactly(.004, Double.NaN, .9);
        assertThat(FalseDiscovery.adjusted(new double[0])).isEmpty();
    }
}
