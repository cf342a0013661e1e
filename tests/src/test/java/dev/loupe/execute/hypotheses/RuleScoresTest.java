package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.plan.neurons.FiringSide;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Worked out by hand: ten positions, of which four fire, and a rule that holds at three of them and at one other. */
class RuleScoresTest {
    private static final boolean[] FIRES = {true, true, true, true, false, false, false, false, false, false};
    private static final boolean[] HOLDS = {true, true, true, false, true, false, false, false, false, false};
    private static final double[] VALUE = {4, 3, 5, 2, 1, 0, 0, 1, 0, 0};

    private static double[] counts() {
        double[] c = new double[7];
        for (int i = 0; i < FIRES.length; i++) {
            c[0]++;
            c[1] += FIRES[i] && HOLDS[i] ? 1 : 0;
            c[2] += !FIRES[i] && HOLDS[i] ? 1 : 0;
            c[3] += FIRES[i] && !HOLDS[i] ? 1 : 0;
            c[4] += VALUE[i];
            c[5] += VALUE[i] * VALUE[i];
            c[6] += HOLDS[i] ? VALUE[i] : 0;
        }
        return c;
    }

    @Test
    void f1AreaAndCorrelation() {
        RuleScores scores = new RuleScores(2, new Firing(FiringSide.POSITIVE, 1, 1.5));
        for (int i = 0; i < FIRES.length; i++) {
            scores.add(i % 2, HOLDS[i], VALUE[i]);
        }
        assertThat(scores.f1()).isEqualTo(2 * 3 / (4.0 + 4.0), within(1e-12));
        assertThat(RuleScores.area(counts())).isEqualTo((3 / 4.0 + 5 / 6.0) / 2, within(1e-12));
        // Means 0.4 and 1.6; covariance 13 / 10 - 0.64, variances 0.24 and 56 / 10 - 2.56.
        assertThat(RuleScores.correlation(counts()))
                .isEqualTo((1.3 - .64) / Math.sqrt(.24 * (5.6 - 2.56)), within(1e-12));
    }

    private static final LexicalRule RULE =
            new LexicalRule(List.of(new LexicalRule.TokenIn(0, new int[] {1}), new LexicalRule.Known("k")));

    /** The ten positions in three documents: 0 to 3, 4 to 6, 7 to 9. */
    private static int document(int position) {
        return position < 4 ? 0 : position < 7 ? 1 : 2;
    }

    private static RuleScores scores(int sign) {
        Firing firing = new Firing(sign > 0 ? FiringSide.POSITIVE : FiringSide.NEGATIVE, sign, sign * 1.5);
        RuleScores scores = new RuleScores(3, firing);
        for (int i = 0; i < FIRES.length; i++) {
            scores.add(document(i), i == 8 || HOLDS[i], sign * (VALUE[i] + (i == 9 ? 2 : 0)));
        }
        return scores.of(RULE, .25);
    }

    /** Statistics of the same positions without one document, position by position. */
    private static double[] without(int left) {
        int[] use = IntStream.range(0, FIRES.length)
                .filter(i -> document(i) != left)
                .toArray();
        double n = use.length;
        double fires = 0;
        double silent = 0;
        double hit = 0;
        double quiet = 0;
        double meanHolds = 0;
        double meanValue = 0;
        for (int i : use) {
            boolean on = FIRES[i] || i == 9;
            boolean holds = HOLDS[i] || i == 8;
            fires += on ? 1 : 0;
            silent += on ? 0 : 1;
            hit += on && holds ? 1 : 0;
            quiet += !on && !holds ? 1 : 0;
            meanHolds += (holds ? 1 : 0) / n;
            meanValue += (VALUE[i] + (i == 9 ? 2 : 0)) / n;
        }
        double product = 0;
        double ofHolds = 0;
        double ofValue = 0;
        for (int i : use) {
            double holds = (HOLDS[i] || i == 8 ? 1 : 0) - meanHolds;
            double value = VALUE[i] + (i == 9 ? 2 : 0) - meanValue;
            product += holds * value;
            ofHolds += holds * holds;
            ofValue += value * value;
        }
        return new double[] {(hit / fires + quiet / silent) / 2, product / Math.sqrt(ofHolds * ofValue)};
    }

    /** Fires at 0 to 3 and 9, holds at 0 to 2, 4 and 8. Of both signs alike, since what counts is how far from 0. */
    @Test
    void eachDocumentIsARowOfTheTable() {
        RuleScores unruled = new RuleScores(3, new Firing(FiringSide.POSITIVE, 1, 1.5));
        unruled.add(1, false, 2);
        unruled.add(1, false, 1);
        List<Axis> axes = List.of(Axis.counted("part", 10), Axis.counted("neuron", 2));
        for (int sign : new int[] {1, -1}) {
            RowTable table = RuleScores.table(axes, 3, List.of(scores(sign), unruled));
            double[] estimate = table.estimate().data();
            double[] expected = {
                3 / 5.0, 3 / 5.0, 2 * 3 / 10.0, without(-1)[0], without(-1)[1], 5 / 10.0, 5 / 10.0, 2, .25, sign * 1.5
            };
            for (int part = 0; part < expected.length; part++) {
                assertThat(estimate[2 * part]).as("part " + part).isEqualTo(expected[part], within(1e-12));
                Double none = part == 5 ? 1 / 2.0 : part == 9 ? 1.5 : Double.NaN;
                assertThat(estimate[2 * part + 1])
                        .as("without a rule, part " + part)
                        .isEqualTo(none);
            }
            for (int d = 0; d < 3; d++) {
                int at = d * 20;
                double[] numerator = table.numerator();
                double[] denominator = table.denominator();
                assertThat(numerator[at]).isEqualTo(new double[] {3, 0, 0}[d]);
                assertThat(denominator[at]).isEqualTo(new double[] {3, 1, 1}[d]);
                assertThat(denominator[at + 2]).isEqualTo(new double[] {4, 0, 1}[d]);
                assertThat(numerator[at + 4]).isEqualTo(new double[] {6, 0, 0}[d]);
                assertThat(denominator[at + 4]).isEqualTo(new double[] {7, 1, 2}[d]);
                assertThat(numerator[at + 10]).isEqualTo(new double[] {4, 0, 1}[d]);
                assertThat(denominator[at + 10]).isEqualTo(new double[] {4, 3, 3}[d]);
                assertThat(numerator[at + 12]).isEqualTo(new double[] {3, 1, 1}[d]);
                assertThat(denominator[at + 12]).isEqualTo(new double[] {4, 3, 3}[d]);
            }
            double[] statistic = {without(-1)[0], without(-1)[1]};
            for (int k = 0; k < 2; k++) {
                double[] left = {without(0)[k], without(1)[k], without(2)[k]};
                double mean = (left[0] + left[1] + left[2]) / 3;
                for (int d = 0; d < 3; d++) {
                    // 3 s - 2 s(d), moved so that their mean is s.
                    assertThat(table.numerator()[d * 20 + 2 * (3 + k)])
                            .isEqualTo(statistic[k] - 2 * (left[d] - mean), within(1e-12));
                    assertThat(table.denominator()[d * 20 + 2 * (3 + k)]).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void whatIsUndefinedIsExplained() {
        assertThat(scores(1).whyUndefined()).isEmpty();
        Firing firing = new Firing(FiringSide.POSITIVE, 1, 1.5);
        assertThat(new RuleScores(1, firing).whyUndefined())
                .containsExactly("fires at fewer than 5 sampled positions of the documents that make its rule");
        assertThat(new RuleScores(1, new Firing(FiringSide.POSITIVE, 0, Double.NaN)).whyUndefined())
                .containsExactly("is never above 0 on the documents that make its rule");
        RuleScores nowhere = new RuleScores(2, firing).of(RULE, .1);
        nowhere.add(0, false, 1);
        nowhere.add(1, false, 1);
        assertThat(nowhere.whyUndefined())
                .containsExactly(
                        "fires nowhere on the documents that test its rule",
                        "its rule holds nowhere on the documents that test its rule");
        RuleScores once = new RuleScores(2, firing).of(RULE, .1);
        once.add(0, false, 2);
        once.add(0, true, 1);
        once.add(1, false, 1);
        assertThat(once.whyUndefined())
                .containsExactly(
                        "fires in only one of the documents that test its rule, without which nothing is left",
                        "its rule holds in only one of the documents that test its rule, without which nothing is left");
        RuleScores everywhere = new RuleScores(2, firing).of(RULE, .1);
        for (int d = 0; d < 2; d++) {
            everywhere.add(d, true, 2);
            everywhere.add(d, true, 1);
        }
        assertThat(everywhere.whyUndefined())
                .containsExactly("its rule holds everywhere on the documents that test it");
    }
}
