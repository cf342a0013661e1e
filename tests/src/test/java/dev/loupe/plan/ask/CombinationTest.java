package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CombinationTest {
    @Test
    void twoNumbersBecomeOne() {
        assertThat(Combination.DIFFERENCE.of(5, 8, 0)).isEqualTo(-3);
        assertThat(Combination.SUM.of(5, 8, 0)).isEqualTo(13);
        assertThat(Combination.PRODUCT.of(5, 8, 0)).isEqualTo(40);
        assertThat(Combination.RATIO.of(5, 8, 0)).isEqualTo(.625);
    }

    /** A divisor of exactly the least is large enough, but 0 never is. */
    @Test
    void aDivisorNearZeroHasNoRatio() {
        assertThat(Combination.RATIO.of(5, -.5, .5)).isEqualTo(-10);
        assertThat(Combination.RATIO.of(5, -.49, .5)).isNaN();
        assertThat(Combination.RATIO.of(5, .49, .5)).isNaN();
        assertThat(Combination.RATIO.of(5, 0, 0)).isNaN();
        assertThat(Combination.RATIO.of(0, 2, .5)).isZero();
    }

    @Test
    void sumsAndProductsAreOfAnyNumber() {
        assertThat(Combination.DIFFERENCE.ofTwo()).isTrue();
        assertThat(Combination.RATIO.ofTwo()).isTrue();
        assertThat(Combination.SUM.ofTwo()).isFalse();
        assertThat(Combination.PRODUCT.ofTwo()).isFalse();
        assertThat(Combination.PRODUCT.word()).isEqualTo("product");
        assertThat(Combination.PRODUCT.sign()).isEqualTo(" x ");
    }
}
