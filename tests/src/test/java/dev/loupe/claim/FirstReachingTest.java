package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a curve reaches a share of its end. */
class FirstReachingTest {
    private static final Axis BY = new Axis("by", List.of("good", "bad"));
    private static final Axis K = new Axis("k", List.of("1", "2", "4", "64"));

    private static Findings findings(Measured measured) {
        return new Findings(name -> measured, new Resampling(100, .95, 1));
    }

    private static Findings exact(List<Axis> axes, double... values) {
        return findings(new Measured(new NamedArray(axes, values), null, null));
    }

    @Test
    void halfOfTheLastNumberIsReachedAtALabel() {
        Findings curves = exact(List.of(BY, K), .3, .55, .9, 1, 0, .1, .2, .8);
        assertThat(new FirstReaching("m", "k", .5, Map.of("by", "good")).value(curves, -1))
                .isEqualTo(2);
        assertThat(new FirstReaching("m", "k", .9, Map.of("by", "good")).value(curves, -1))
                .isEqualTo(4);
        assertThat(new FirstReaching("m", "k", .5, Map.of("by", "bad")).value(curves, -1))
                .isEqualTo(64);
        assertThat(new FirstReaching("m", "k", .25, Map.of("by", "bad")).value(curves, -1))
                .isEqualTo(4);
    }

    @Test
    void whatEndsAtNothingIsNeverReached() {
        assertThat(new FirstReaching("m", "k", .5, Map.of()).value(exact(List.of(K), 1, 1, 1, 0), -1))
                .isNaN();
        assertThat(new FirstReaching("m", "k", .5, Map.of()).value(exact(List.of(K), 1, 1, 1, Double.NaN), -1))
                .isNaN();
    }

    @Test
    void aCurveHasOneAxisOfNumbers() {
        Findings two = exact(List.of(BY, K), 0, 0, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> new FirstReaching("m", "k", .5, Map.of()).value(two, -1))
                .hasMessageContaining("not a curve along `k`");
        assertThatThrownBy(() -> new FirstReaching("m", "by", .5, Map.of("k", "1")).value(two, -1))
                .hasMessageContaining("is not a number");
        assertThatThrownBy(() -> new FirstReaching("m", "k", 0, Map.of())).hasMessageContaining("`share`");
    }

    /** With the whole as its share the curve is followed to the first label that equals the end. */
    @Test
    void theShareMayBeTheWhole() {
        FirstReaching whole = new FirstReaching("m", "k", 1, Map.of());
        assertThat(whole.value(exact(List.of(K), .3, .9, .9, .9), -1)).isEqualTo(2);
        assertThatThrownBy(() -> new FirstReaching("m", "k", 1.01, Map.of())).hasMessageContaining("`share`");
        assertThat(whole.references()).containsExactly("m");
    }

    /** A replicate that draws one row only has that row's curve. */
    @Test
    void replicatesHaveTheirOwn() {
        double[] values = {1, 1, 1, 1, 0, 0, 0, 1};
        double[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
        Findings sampled = findings(new Measured(
                new RowTable(List.of(K), 2, values, ones).estimate(), new RowTable(List.of(K), 2, values, ones), null));
        FirstReaching half = new FirstReaching("m", "k", .5, Map.of());
        assertThat(half.value(sampled, -1)).isEqualTo(1);
        assertThat(half.sampled(sampled)).isTrue();
        java.util.Set<Double> found = new java.util.TreeSet<>();
        for (int b = 0; b < 100; b++) {
            found.add(half.value(sampled, b));
        }
        // Two rows, one row twice, or the other twice.
        assertThat(found).containsExactly(1.0, 64.0);
    }
}
