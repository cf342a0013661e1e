package dev.loupe.result;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NullBandTest {
    private static double[] upTo(int n) {
        return IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
    }

    /** Of 99 draws none lies beyond a 99th percentile, of 100 one does: 99 + .01 between the 99th and the 100th. */
    @Test
    void aPercentileNeedsADrawBeyondIt() {
        NullBand few = new NullBand("m", upTo(99), Side.HIGHER);
        assertThat(few.percentile()).isFalse();
        assertThat(few.edge()).isEqualTo(99);
        NullBand many = new NullBand("m", upTo(100), Side.HIGHER);
        assertThat(many.percentile()).isTrue();
        assertThat(many.edge()).isEqualTo(99.01, within(1e-9));
        assertThat(Quantiles.enough(40, .975)).isTrue();
        assertThat(Quantiles.enough(39, .975)).isFalse();
        assertThat(Quantiles.enough(39, .025)).isFalse();
    }

    @Test
    void whereLowerIsBetterChanceEndsAtItsSmallest() {
        NullBand loss = new NullBand("m", new double[] {9.9, 10.7, 10.1}, Side.LOWER);
        assertThat(loss.edge()).isEqualTo(9.9);
        assertThat(loss.beyond(.93)).isTrue();
        assertThat(loss.beyond(10)).isFalse();
        assertThat(loss.beyond(9.9)).isFalse();
        assertThat(loss.reaching(10.1)).isEqualTo(2);
        assertThat(new NullBand("m", upTo(100), Side.LOWER).edge()).isEqualTo(1.99, within(1e-9));
    }

    @Test
    void whereBothSidesCountSizesAreCompared() {
        NullBand both = new NullBand("m", new double[] {.347, -.2, .1, -.4}, Side.BOTH);
        assertThat(both.edge()).isEqualTo(.4);
        assertThat(both.edges()).containsExactly(-.4, .4);
        assertThat(both.beyond(-1.002)).isTrue();
        assertThat(both.beyond(.39)).isFalse();
        assertThat(both.reaching(-.3)).isEqualTo(2);
    }

    @Test
    void undefinedDrawsAreNoDraws() {
        NullBand some = new NullBand("m", new double[] {Double.NaN, 2, 3}, Side.HIGHER);
        assertThat(some.defined()).isEqualTo(2);
        assertThat(some.edge()).isEqualTo(3);
        NullBand none = new NullBand("m", new double[] {Double.NaN}, Side.LOWER);
        assertThat(none.edge()).isNaN();
        assertThat(none.beyond(0)).isFalse();
    }

    @Test
    void oneOfSeveralModelsHasItsOwnDraws() {
        NullBand first = new NullBand("m", new double[] {1, 2}, Side.HIGHER);
        NullBand second = new NullBand("m", new double[] {3, 9}, Side.HIGHER);
        NullBand both = requireNonNull(NullBand.together(List.of(first, second)));
        assertThat(both.of(0, 2).draws()).containsExactly(1, 2);
        assertThat(both.of(1, 2).edge()).isEqualTo(9);
        // Draws of other models, or the same in all, are not divided.
        assertThat(both.of(0, 4)).isSameAs(both);
        assertThat(first.of(1, 2)).isSameAs(first);
    }
}
