package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import dev.loupe.result.Verdict;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import dev.loupe.schema.Binder;
import dev.loupe.schema.yaml.YamlTree;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClaimCheckTest {
    private static final Resampling RESAMPLING = new Resampling(500, .95, 3);

    private static Claim claim(String rest) {
        return Binder.bind(YamlTree.parse("{say: it holds, " + rest + "}", "claim"), Claim.class)
                .value();
    }

    private static Measured exact(double value) {
        return new Measured(NamedArray.scalar(value), null, null);
    }

    /** Rows around a middle, each {@code spread} off at most. */
    private static Measured sampled(double middle, double spread, long seed) {
        double[] values = new Random(seed)
                .doubles(40)
                .map(u -> middle + spread * (2 * u - 1))
                .toArray();
        double[] ones = new double[40];
        Arrays.fill(ones, 1);
        RowTable table = new RowTable(List.of(), 40, values, ones);
        return new Measured(table.estimate(), table, null);
    }

    private static Findings findings(Map<String, Measured> all) {
        return new Findings(name -> java.util.Objects.requireNonNull(all.get(name)), RESAMPLING);
    }

    private static ClaimResult check(String rest, Measured... units) {
        Map<String, Findings> all = new LinkedHashMap<>();
        for (int i = 0; i < units.length; i++) {
            all.put("seed " + i, findings(Map.of("m", units[i])));
        }
        return ClaimCheck.check(claim(rest), all);
    }

    /** The rows 1, 1, 1, 1, 1, 1, 1, 1, 1, 11: the mean is 2, and a resample without the last row has 1. */
    private static Measured skewed() {
        double[] values = {1, 1, 1, 1, 1, 1, 1, 1, 1, 11};
        double[] ones = new double[10];
        Arrays.fill(ones, 1);
        RowTable table = new RowTable(List.of(), 10, values, ones);
        return new Measured(table.estimate(), table, null);
    }

    @Test
    void theWholeIntervalIsComparedWhereRowsWereSampled() {
        // The low end is 1 exactly, since 35 % of resamples leave the last row out; 97.5 % have it 3 times or less,
        // which makes 4.
        assertThat(check("that: {value: m}, above: 0.9", skewed()).verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(check("that: {value: m}, above: 1", skewed()).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(check("that: {value: m}, above: 1.5", skewed()).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(check("that: {value: m}, above: 11", skewed()).verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(check("that: {value: m}, below: 1", skewed()).verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(check("that: {value: m}, below: 1.1", skewed()).verdict()).isEqualTo(Verdict.UNDECIDED);
        ClaimResult easy = check("that: {value: m}, above: 0.9", skewed());
        assertThat(easy.by()).isEqualTo("bound");
        assertThat(easy.level()).isEqualTo(.95);
        assertThat(easy.deciding().low()).isEqualTo(1);
        assertThat(easy.deciding().high()).isEqualTo(4);
    }

    @Test
    void anEstimateIsNeverUndecided() {
        assertThat(check("that: {value: m}, by: estimate, above: 1.9", skewed()).verdict())
                .isEqualTo(Verdict.HOLDS);
        assertThat(check("that: {value: m}, by: estimate, above: 2", skewed()).verdict())
                .isEqualTo(Verdict.REFUTED);
        ClaimResult estimate = check("that: {value: m}, by: estimate, below: 2.1", skewed());
        assertThat(estimate.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(estimate.by()).isEqualTo("estimate");
        assertThat(check("that: {value: m}, above: 0.3", exact(.4)).by()).isEqualTo("estimate");
        assertThat(check("that: {value: m}, above: 0.4", exact(.4)).verdict()).isEqualTo(Verdict.REFUTED);
    }

    @Test
    void everyModelMustHoldUnlessSoManyAreEnough() {
        Measured[] three = {exact(.9), exact(.2), exact(.8)};
        ClaimResult every = check("that: {value: m}, above: 0.5", three);
        assertThat(every.verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(every.deciding().observed()).isEqualTo(.2);
        assertThat(every.inUnits()).isEqualTo("holds in 2 of 3 seeds, refuted in 1; deciding: seed 1");
        assertThat(every.parts())
                .extracting(ClaimResult.Part::verdict)
                .containsExactly(Verdict.HOLDS, Verdict.REFUTED, Verdict.HOLDS);
        assertThat(check("that: {value: m}, above: 0.5, in-at-least: 3", three).verdict())
                .isEqualTo(Verdict.REFUTED);
        assertThatThrownBy(() -> check("that: {value: m}, above: 0.5, in-at-least: 4", three))
                .hasMessageContaining("cannot need 4");
        assertThatThrownBy(() -> claim("that: {value: m}, above: 0.5, in-at-least: 0"))
                .hasMessageContaining("at least 1");
    }

    /** Of .9, .2 and .8 the second best is .8, whichever models hold. */
    @Test
    void theUnitAtTheNeededPlaceIsTheHeadline() {
        Measured[] three = {exact(.9), exact(.2), exact(.8)};
        ClaimResult two = check("that: {value: m}, above: 0.5, in-at-least: 2", three);
        assertThat(two.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(two.deciding().unit()).isEqualTo("seed 2");
        assertThat(two.deciding().observed()).isEqualTo(.8);
        assertThat(two.inUnits()).isEqualTo("holds in 2 of 3 seeds, refuted in 1 (2 needed); deciding: seed 2");
        ClaimResult below = check("that: {value: m}, below: 0.5, in-at-least: 1", three);
        assertThat(below.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(below.deciding().observed()).isEqualTo(.2);
        ClaimResult none = check("that: {value: m}, below: 0.5, in-at-least: 2", three);
        assertThat(none.verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(none.deciding().observed()).isEqualTo(.8);
    }

    /** Holds with k that hold; refuted with more than n - k refuted; undecided otherwise. */
    @Test
    void unitsAreCountedByTheirVerdicts() {
        Measured holds = exact(9);
        Measured refuted = exact(0);
        Measured open = skewed();
        assertThat(of(1, holds, open, refuted)).isEqualTo(Verdict.HOLDS);
        assertThat(of(2, holds, open, refuted)).isEqualTo(Verdict.UNDECIDED);
        assertThat(of(3, holds, open, refuted)).isEqualTo(Verdict.REFUTED);
        assertThat(of(2, holds, refuted, refuted)).isEqualTo(Verdict.REFUTED);
        assertThat(of(1, open, refuted, refuted)).isEqualTo(Verdict.UNDECIDED);
        assertThat(of(1, refuted, refuted, refuted)).isEqualTo(Verdict.REFUTED);
        assertThat(of(3, holds, holds, open)).isEqualTo(Verdict.UNDECIDED);
        assertThat(of(2, holds, exact(Double.NaN), refuted)).isEqualTo(Verdict.UNDECIDED);
    }

    private static Verdict of(int needed, Measured... units) {
        return check("that: {value: m}, above: 1.5, in-at-least: " + needed, units)
                .verdict();
    }

    /** The model that is undecided by its interval is the headline, not one with a smaller estimate that holds. */
    @Test
    void theHeadlineIsTheModelThatIsOpen() {
        ClaimResult result = check("that: {value: m}, above: 0.6", sampled(.65, .02, 1), sampled(.70, 1.5, 2));
        assertThat(result.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(result.deciding().low()).isLessThan(.6);
    }

    @Test
    void whatIsUndefinedIsUndecidedAndSaysWhy() {
        for (String limit : List.of("above: 0", "below: 1", "above: -1, below: 1", "above: 0, by: estimate")) {
            ClaimResult result = check("that: {value: m}, " + limit, exact(Double.NaN));
            assertThat(result.verdict()).as(limit).isEqualTo(Verdict.UNDECIDED);
            assertThat(result.because()).contains("undefined");
        }
    }

    /**
     * A component that is chosen by a measurement in which nothing is defined is none: the number is undefined, and the
     * run goes on.
     */
    @Test
    void aChoiceAmongNothingIsUndefined() {
        List<Axis> heads = List.of(Axis.counted("head", 2));
        Measured none = new Measured(new NamedArray(heads, new double[] {Double.NaN, Double.NaN}), null, null);
        Measured m = new Measured(new NamedArray(heads, new double[] {1, 2}), null, null);
        ClaimResult result = ClaimCheck.check(
                claim("that: {value: m, at: {top: none}}, above: 0"),
                Map.of("model", findings(Map.of("m", m, "none", none))));
        assertThat(result.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(result.deciding().where()).isNull();
    }

    /** One row of ten is counted. A resample misses it with probability .9^10 = .35, more than the 5 % left out. */
    @Test
    void aNumberThatResamplesOftenLoseIsUndecided() {
        double[] values = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        double[] counted = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        RowTable table = new RowTable(List.of(), 10, values, counted);
        Measured rare = new Measured(table.estimate(), table, null);
        ClaimResult result = check("that: {value: m}, above: 1", rare);
        assertThat(result.deciding().low()).isEqualTo(3);
        assertThat(result.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(result.because()).matches("undefined in seed 0 for 1[5-9][0-9] of 500 resamples");
        assertThat(check("that: {value: m}, above: 1, by: estimate", rare).verdict())
                .isEqualTo(Verdict.HOLDS);
    }

    /** Where as many resamples lose the number as the interval leaves out it is decided, where one more does it is not. */
    @Test
    void resamplesMayLoseTheNumberAsOftenAsTheIntervalLeavesOut() {
        double[] values = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        double[] counted = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        RowTable table = new RowTable(List.of(), 10, values, counted);
        Measured rare = new Measured(table.estimate(), table, null);
        int lost = 0;
        for (int b = 0; b < 500; b++) {
            lost += RESAMPLING.weights(10, b)[0] == 0 ? 1 : 0;
        }
        Claim claim = claim("that: {value: m}, above: 1");
        for (int allowed = lost - 1; allowed <= lost; allowed++) {
            Resampling resampling = new Resampling(500, 1 - allowed / 500.0, 3);
            ClaimResult result = ClaimCheck.check(claim, Map.of("model", new Findings(name -> rare, resampling)));
            assertThat(result.verdict()).isEqualTo(allowed == lost ? Verdict.HOLDS : Verdict.UNDECIDED);
            assertThat(result.because())
                    .isEqualTo(allowed == lost ? null : "undefined in model for " + lost + " of 500 resamples");
        }
    }

    /** Of the replicates 0 to 100 five in a hundred lie beyond each end of 90 %. */
    @Test
    void theIntervalLeavesOutAsMuchOnEachSide() {
        double[] replicates =
                java.util.stream.IntStream.rangeClosed(0, 100).asDoubleStream().toArray();
        double[] ends = ClaimCheck.interval(replicates, new Resampling(101, .9, 1));
        assertThat(ends[0]).isEqualTo(5, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(ends[1]).isEqualTo(95, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void theReasonOfAnUndefinedMeasurementIsSaid() {
        ClaimResult known =
                check("that: {value: m}, above: 1", exact(Double.NaN).because("no row has two answers"));
        assertThat(known.because()).isEqualTo("undefined in seed 0: no row has two answers");
        ClaimResult unknown = check("that: {value: m}, above: 1", exact(Double.NaN));
        assertThat(unknown.because()).isEqualTo("undefined in seed 0: nothing was counted");
    }

    /** What only chooses the component, or is chance, is not resampled. */
    @Test
    void onlyWhatIsResampledMakesAnInterval() {
        Measured rows = skewed();
        NullBand chance = new NullBand("m", new double[] {4, 5}, Side.HIGHER);
        Measured with = new Measured(rows.estimate(), rows.sample(), chance);
        ClaimResult result = ClaimCheck.check(
                claim("that: {difference: [{value: e}, {chance: m}]}, above: 1"),
                Map.of("model", findings(Map.of("e", exact(7), "m", with))));
        assertThat(result.by()).isEqualTo("estimate");
        assertThat(result.deciding().observed()).isEqualTo(2);
        assertThat(result.deciding().exact()).isTrue();
    }

    private static double[] interval(Expression expression, Findings findings) {
        return ClaimCheck.interval(ClaimCheck.replicates(expression, findings), findings.resampling());
    }

    /** Two measurements on the same rows: resampled together their difference is much surer than apart. */
    @Test
    void aDifferenceOnTheSameRowsIsPaired() {
        double[] base = new Random(5).doubles(60).map(u -> 10 * u).toArray();
        double[] more = Arrays.stream(base).map(x -> x + .5).toArray();
        double[] ones = new double[60];
        Arrays.fill(ones, 1);
        RowTable a = new RowTable(List.of(), 60, more, ones);
        RowTable b = new RowTable(List.of(), 60, base, ones);
        Findings findings =
                findings(Map.of("a", new Measured(a.estimate(), a, null), "b", new Measured(b.estimate(), b, null)));
        Expression difference =
                claim("that: {difference: [{value: a}, {value: b}]}, above: 0").that();
        double[] paired = interval(difference, findings);
        double[] alone = interval(claim("that: {value: a}, above: 0").that(), findings);
        assertThat(paired[1] - paired[0]).isLessThan(1e-6);
        assertThat(alone[1] - alone[0]).isGreaterThan(1);
    }

    @Test
    void ranksAreComparedWithTiesAtTheirMean() {
        // Ranks 1, 2.5, 2.5, 4 against 4, 1, 2, 3: rho by hand is -1.5 / sqrt(4.5 * 5).
        Measured x = new Measured(
                new NamedArray(List.of(Axis.counted("head", 5)), new double[] {1, 7, 7, 9, 3}), null, null);
        Measured y = new Measured(
                new NamedArray(List.of(Axis.counted("head", 5)), new double[] {8, -1, 2, 5, Double.NaN}), null, null);
        Map<String, Findings> all = Map.of("model", findings(Map.of("x", x, "y", y)));
        ClaimResult found = ClaimCheck.check(claim("that: {rank-correlation: [x, y]}, above: -1"), all);
        assertThat(found.deciding().observed()).isEqualTo(-1.5 / Math.sqrt(4.5 * 5));
        assertThat(ClaimCheck.check(claim("that: {rank-correlation: [x, x]}, above: 0.99"), all)
                        .verdict())
                .isEqualTo(Verdict.HOLDS);
    }

    @Test
    void whereNothingIsDefinedNothingIsCounted() {
        Measured none = new Measured(
                new NamedArray(List.of(Axis.counted("head", 2)), new double[] {Double.NaN, Double.NaN}), null, null);
        Measured one = new Measured(
                new NamedArray(List.of(Axis.counted("head", 2)), new double[] {Double.NaN, 3}), null, null);
        Map<String, Findings> all = Map.of("model", findings(Map.of("none", none, "one", one)));
        assertThat(ClaimCheck.check(claim("that: {count: none, below: 100}, below: 5"), all)
                        .verdict())
                .isEqualTo(Verdict.UNDECIDED);
        assertThat(ClaimCheck.check(claim("that: {count: one, below: 100}, above: 0"), all)
                        .deciding()
                        .observed())
                .isEqualTo(1);
    }

    /** Labels that no text has must not make "all labels" true in silence. */
    @Test
    void aClaimAboutAllNumbersSaysHowManyItLeavesOut() {
        Measured three = GivenFindings.heads(Double.NaN, 2, 5, 3, Double.NaN, 4);
        ClaimResult least = check("that: {min: m}, above: 1", three, GivenFindings.heads(2, 2, 2, 2, 2, 2));
        assertThat(least.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(least.because()).isEqualTo("2 of 6 numbers in seed 0 are undefined and left out");
        assertThat(check("that: {max: m, where: {layer: 1}}, below: 9", three).because())
                .isEqualTo("1 of 3 numbers in seed 0 are undefined and left out");
        // That one is above says nothing of the others.
        assertThat(check("that: {max: m}, above: 1", three).because()).isNull();
        assertThat(check("that: {min: m}, below: 9", three).because()).isNull();
    }
}
