package dev.loupe.execute.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.step.Overlapping;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.plan.edit.TopRanked;
import dev.loupe.plan.values.RankingOverlap;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Orders of components, and how far rows choose the same ones. */
class RankedComponentsTest {
    private static final double NONE = Double.NaN;

    /** Counts of 2, so that numbers are sums over counts. */
    private static RowTable table(List<Axis> axes, int rows, double... values) {
        double[] numerator = new double[values.length];
        double[] denominator = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            boolean defined = !Double.isNaN(values[i]);
            numerator[i] = defined ? 2 * values[i] : 0;
            denominator[i] = defined ? 2 : 0;
        }
        return new RowTable(axes, rows, numerator, denominator);
    }

    private static final Axis NEURONS = Axis.counted("neuron", 4);
    private static final Axis PARTS = new Axis("value", List.of("estimate", "exact"));

    @Test
    void highestLowestAndLargest() {
        RowTable table = table(List.of(NEURONS), 2, 1, -3, 2, 0, 0, 0, -1, 0);
        assertThat(RankedComponents.order(table, 0, by(0, Ranking.Order.HIGHEST), 4))
                .containsExactly(2, 0, 3, 1);
        assertThat(RankedComponents.order(table, 0, by(0, Ranking.Order.LOWEST), 4))
                .containsExactly(1, 3, 0, 2);
        assertThat(RankedComponents.order(table, 0, by(0, Ranking.Order.SIZE), 4))
                .containsExactly(1, 2, 0, 3);
        // Equal numbers by index; -0 and 0 are equal.
        assertThat(RankedComponents.order(table, 1, by(0, Ranking.Order.HIGHEST), 4))
                .containsExactly(0, 1, 3, 2);
        RowTable zeros = table(List.of(NEURONS), 1, -0.0, 0, -0.0, 0);
        assertThat(RankedComponents.order(zeros, 0, by(0, Ranking.Order.HIGHEST), 4))
                .containsExactly(0, 1, 2, 3);
    }

    /** What was not run follows by its estimate, also behind what was run and is negative. */
    @Test
    void undefinedAndEqualNumbersFollowByThePartBefore() {
        RowTable table = table(List.of(PARTS, NEURONS), 1, /* estimate */ 4, 1, 3, 2, /* exact */ -1, NONE, -1, NONE);
        assertThat(RankedComponents.order(table, 0, by(1, Ranking.Order.HIGHEST), 4))
                .containsExactly(0, 2, 3, 1);
        RowTable other = table(List.of(PARTS, NEURONS), 1, 4, 1, 3, 5, -1, NONE, 2, NONE);
        assertThat(RankedComponents.order(other, 0, by(1, Ranking.Order.HIGHEST), 4))
                .containsExactly(2, 0, 3, 1);
    }

    private static Ranking.ByStep by(int part, Ranking.Order order) {
        return new Ranking.ByStep(0, part, order);
    }

    @Test
    void randomOrdersDependOnSeedDrawAndRowAlone() {
        RankedComponents ranked = new RankedComponents(Map.of());
        int[] one = ranked.chosen(new TopRanked(new Ranking.Random(3, 1), 0, 50), 2, 50);
        assertThat(one)
                .containsExactlyInAnyOrder(
                        java.util.stream.IntStream.range(0, 50).toArray());
        assertThat(new RankedComponents(Map.of()).chosen(new TopRanked(new Ranking.Random(3, 1), 0, 20), 2, 50))
                .containsExactly(java.util.Arrays.copyOf(one, 20));
        assertThat(ranked.chosen(new TopRanked(new Ranking.Random(3, 2), 0, 50), 2, 50))
                .isNotEqualTo(one);
        assertThat(ranked.chosen(new TopRanked(new Ranking.Random(4, 1), 0, 50), 2, 50))
                .isNotEqualTo(one);
        assertThat(ranked.chosen(new TopRanked(new Ranking.Random(3, 1), 0, 50), 3, 50))
                .isNotEqualTo(one);
        double mean = 0;
        for (int draw = 0; draw < 2000; draw++) {
            mean += ranked.chosen(new TopRanked(new Ranking.Random(9, draw), 0, 1), 0, 50)[0] / 2000.0;
        }
        // Standard error of a mean of 2000 uniform ones of 0..49: 14.4 / 44.7.
        assertThat(mean).isEqualTo(24.5, within(4 * .33));
    }

    @Test
    void overlapByHand() {
        // Rows choose {2, 0}, {2, 3} and {0, 2}: 1/3, 1 and 1/3.
        RowTable table = table(List.of(NEURONS), 3, 1, -3, 2, 0, 0, 0, 5, 1, 7, 0, 5, 1);
        RankingOverlap step =
                new RankingOverlap(1, List.of(by(0, Ranking.Order.HIGHEST)), List.of("x"), List.of(1, 2, 4), 4);
        NamedArray found = Overlapping.of(step, Map.of(0, new StepValue.Table(table)));
        assertThat(found.at("value", 0).at("by", 0).data())
                .containsExactly(new double[] {1 / 3.0, 5 / 9.0, 1}, within(1e-12));
        // Two of four: 1 in 6 pairs share both, 4 in 6 one of three, 1 in 6 none.
        assertThat(found.at("value", 1).at("by", 0).data())
                .containsExactly(new double[] {.25, 1 / 6.0 + 4 / 6.0 / 3, 1}, within(1e-12));
        assertThat(Overlapping.jaccard(List.of(new BitSet()))).isNaN();
    }

    @Test
    void chanceIsWhatRandomChoicesGive() {
        SplittableRandom random = new SplittableRandom(5);
        double sum = 0;
        int pairs = 20_000;
        for (int i = 0; i < pairs; i++) {
            sum += Overlapping.jaccard(List.of(choice(random), choice(random)));
        }
        assertThat(Overlapping.chance(8, 64)).isEqualTo(sum / pairs, within(4 * .065 / Math.sqrt(pairs)));
        assertThat(Overlapping.chance(1536, 1536)).isEqualTo(1, within(1e-9));
        assertThat(Overlapping.chance(64, 1536)).isBetween(.021, .022);
    }

    private static BitSet choice(SplittableRandom random) {
        BitSet set = new BitSet();
        while (set.cardinality() < 8) {
            set.set(random.nextInt(64));
        }
        return set;
    }
}
