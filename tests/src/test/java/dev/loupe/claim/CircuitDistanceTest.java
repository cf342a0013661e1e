package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.matching.Assignment;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Heads are matched within a layer, by all measurements at once, and what is left is the largest difference. */
class CircuitDistanceTest {
    private static final List<Axis> HEADS = List.of(Axis.counted("layer", 2), Axis.counted("head", 2));

    private static Measured heads(double... values) {
        return new Measured(new NamedArray(HEADS, values), null, null);
    }

    private static double distance(Map<String, Measured> all, List<String> one, List<String> other) {
        Findings findings = new Findings(name -> Objects.requireNonNull(all.get(name)), new Resampling(100, .95, 3));
        return new CircuitDistance(List.of(one, other)).value(findings, -1);
    }

    @Test
    void theOrderWithinALayerDoesNotCount() {
        Map<String, Measured> all = Map.of("a", heads(1, 2, 3, 4), "b", heads(2, 1, 4, 3), "c", heads(3, 4, 1, 2));
        assertThat(distance(all, List.of("a"), List.of("b"))).isEqualTo(0);
        assertThat(distance(all, List.of("a"), List.of("c"))).isEqualTo(2, within(1e-12));
    }

    @Test
    void aHeadHasOnePartnerForAllMeasurements() {
        Map<String, Measured> all = Map.of(
                "a", heads(0, 10, 0, 0), "b", heads(10, 0, 0, 0), "x", heads(0, 1, 0, 0), "y", heads(0, 1, 0, 0));
        assertThat(distance(all, List.of("a"), List.of("b"))).isEqualTo(0);
        assertThat(distance(all, List.of("x"), List.of("y"))).isEqualTo(0);
        // Where `a` wants them crossed, `x` stays as it is.
        assertThat(distance(all, List.of("a", "x"), List.of("b", "y"))).isEqualTo(1, within(1e-12));
    }

    /** A number that one model lacks is as far as can be from any that the other has. */
    @Test
    void undefinedEqualsUndefinedAlone() {
        double none = Double.NaN;
        Map<String, Measured> all =
                Map.of("a", heads(none, 2, 3, 4), "b", heads(2, none, 3, 4), "c", heads(1, 2, 3, 4));
        assertThat(distance(all, List.of("a"), List.of("b"))).isZero();
        assertThat(distance(all, List.of("a"), List.of("c"))).isEqualTo(1e9);
        assertThat(distance(all, List.of("c"), List.of("a"))).isEqualTo(1e9);
    }

    @Test
    void itReadsEveryMeasurementOnce() {
        assertThat(new CircuitDistance(List.of(List.of("a", "x"), List.of("b", "x"))).references())
                .containsExactly("a", "x", "b");
    }

    @Test
    void theMatchingIsTheCheapestOfAll() {
        Random random = new Random(4);
        for (int round = 0; round < 50; round++) {
            double[][] cost = new double[5][5];
            for (double[] row : cost) {
                for (int j = 0; j < 5; j++) {
                    row[j] = random.nextInt(20);
                }
            }
            int[] found = Assignment.cheapest(cost);
            double sum = 0;
            for (int i = 0; i < 5; i++) {
                sum += cost[i][found[i]];
            }
            assertThat(found).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            assertThat(sum).isEqualTo(cheapest(cost, 0, new boolean[5]));
        }
    }

    private static double cheapest(double[][] cost, int row, boolean[] used) {
        if (row == cost.length) {
            return 0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < cost.length; j++) {
            if (!used[j]) {
                used[j] = true;
                best = Math.min(best, cost[row][j] + cheapest(cost, row + 1, used));
                used[j] = false;
            }
        }
        return best;
    }

    @Test
    void whatDoesNotMeasureHeadsIsRefused() {
        Map<String, Measured> all = Map.of("a", new Measured(NamedArray.scalar(1), null, null), "b", heads(1, 2, 3, 4));
        assertThatThrownBy(() -> distance(all, List.of("a"), List.of("b")))
                .hasMessageContaining("`a` does not measure heads");
        assertThatThrownBy(() -> new CircuitDistance(List.of(List.of("a"), List.of("a", "b"))))
                .hasMessageContaining("of the same length");
    }
}
