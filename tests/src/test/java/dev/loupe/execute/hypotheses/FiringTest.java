package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.plan.neurons.FiringSide;
import org.junit.jupiter.api.Test;

class FiringTest {
    /** Those that are asked for reach from -4 to 2; the others would change both. */
    private static final float[] VALUES = {-4, 1, 9, 2, -20};

    private static Firing of(FiringSide side) {
        return Firing.of(side, .25, VALUES, new int[] {0, 1, 3});
    }

    @Test
    void theEdgeIsAShareOfTheActivationFurthestFromZero() {
        assertThat(of(FiringSide.POSITIVE)).isEqualTo(new Firing(FiringSide.POSITIVE, 1, .5));
        assertThat(of(FiringSide.NEGATIVE)).isEqualTo(new Firing(FiringSide.NEGATIVE, -1, -1));
        assertThat(of(FiringSide.LARGER)).isEqualTo(new Firing(FiringSide.LARGER, -1, -1));
        assertThat(of(FiringSide.SMALLER)).isEqualTo(new Firing(FiringSide.SMALLER, 1, .5));
        Firing none = Firing.of(FiringSide.NEGATIVE, .25, VALUES, new int[] {1, 3});
        assertThat(none.sign()).isZero();
        assertThat(none.edge()).isNaN();
    }

    /** Less than a tenth as far as the other side does not count, exactly a tenth does. */
    @Test
    void theSmallerSideReachesATenthAsFar() {
        assertThat(FiringSide.SMALLER.sign(-10, 1)).isEqualTo(1);
        assertThat(FiringSide.SMALLER.sign(-10, .99)).isZero();
        assertThat(FiringSide.SMALLER.sign(-1, 10)).isEqualTo(-1);
        assertThat(FiringSide.LARGER.sign(-3, 3)).isEqualTo(1);
        assertThat(FiringSide.LARGER.sign(0, 0)).isZero();
        assertThat(FiringSide.POSITIVE.sign(-3, -1)).isZero();
    }

    @Test
    void itFiresBeyondTheEdge() {
        Firing above = new Firing(FiringSide.POSITIVE, 1, .5);
        assertThat(above.at(.5)).isFalse();
        assertThat(above.at(.6)).isTrue();
        assertThat(above.at(-9)).isFalse();
        Firing below = new Firing(FiringSide.NEGATIVE, -1, -1);
        assertThat(below.at(-1)).isFalse();
        assertThat(below.at(-1.1)).isTrue();
        assertThat(below.at(9)).isFalse();
        Firing nowhere = new Firing(FiringSide.LARGER, 0, Double.NaN);
        assertThat(nowhere.at(9)).isFalse();
        assertThat(nowhere.at(-9)).isFalse();
        assertThat(above.outward(2)).isEqualTo(2);
        assertThat(below.outward(2)).isEqualTo(-2);
        assertThat(nowhere.outward(2)).isEqualTo(2);
    }

    @Test
    void itsWords() {
        assertThat(new Firing(FiringSide.POSITIVE, 1, 2.5).words(12, 800))
                .isEqualTo("is above 2.5, as at 12 of 800 tokens");
        assertThat(new Firing(FiringSide.LARGER, -1, -2.5).words(1, 1)).isEqualTo("is below -2.5, as at 1 of 1 token");
        assertThat(new Firing(FiringSide.POSITIVE, 0, Double.NaN).words(0, 8)).isEqualTo("is never above 0");
        assertThat(new Firing(FiringSide.NEGATIVE, 0, Double.NaN).words(0, 8)).isEqualTo("is never below 0");
        assertThat(new Firing(FiringSide.LARGER, 0, Double.NaN).nowhere()).isEqualTo("is 0 everywhere");
        assertThat(new Firing(FiringSide.SMALLER, 0, Double.NaN).nowhere())
                .isEqualTo("reaches less than a tenth as far on the other side of 0");
    }
}
