package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StrataTest {
    /** Groups of 3, 2 and 2 positions: 2 x 1 pairs, none where all have the label, and 1 x 1. */
    @Test
    void pairsAreOfAGroup() {
        Strata strata = Strata.by(new int[] {0, 1, 2, 3, 4, 5, 6}, new int[] {1, 1, 1, 2, 2, 3, 3});
        Strata.Pairs pairs = strata.pairs(new boolean[] {true, false, true, true, true, false, true});
        assertThat(pairs.pairs()).isEqualTo(3);
        assertThat(pairs.with()).isEqualTo(3);
        assertThat(pairs.without()).isEqualTo(2);
        // Ranks 1 + 2, 1 + 2 and 1 at the least, and one more for each pair in the right order.
        assertThat(pairs.least()).isEqualTo(7);
        assertThat(pairs.area(7)).isZero();
        assertThat(pairs.area(10)).isEqualTo(1);
    }

    @Test
    void asManyAsAreNeededAreEnough() {
        assertThat(new Strata.Pairs(20, 30, 0, 1).fewerThan(20)).isFalse();
        assertThat(new Strata.Pairs(30, 20, 0, 1).fewerThan(20)).isFalse();
        assertThat(new Strata.Pairs(19, 30, 0, 1).fewerThan(20)).isTrue();
        assertThat(new Strata.Pairs(30, 19, 0, 1).fewerThan(20)).isTrue();
    }
}
