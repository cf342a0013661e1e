package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Resampling;
import dev.loupe.result.RowTable;
import dev.loupe.schema.Binder;
import dev.loupe.schema.YamlTree;
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

    @Test
    void theBoundIsComparedWhereRowsWereSampled() {
        Measured wide = sampled(.62, .4, 1);
        double estimate = wide.estimate().value();
        String above = ", above: " + (estimate - .02);
        assertThat(check("that: {value: m}" + above, wide).pass()).isFalse();
        assertThat(check("that: {value: m}, by: estimate" + above, wide).pass()).isTrue();
        ClaimResult easy = check("that: {value: m}, above: 0.3", wide);
        assertThat(easy.pass()).isTrue();
        assertThat(easy.by()).isEqualTo("bound");
        assertThat(easy.low()).isLessThan(estimate);
        assertThat(easy.high()).isGreaterThan(estimate);
        assertThat(check("that: {value: m}, above: 0.3", exact(.4)).by()).isEqualTo("estimate");
    }

    @Test
    void everyModelMustHoldUnlessSoManyAreEnough() {
        Measured[] three = {exact(.9), exact(.2), exact(.8)};
        ClaimResult every = check("that: {value: m}, above: 0.5", three);
        assertThat(every.pass()).isFalse();
        assertThat(every.observed()).isEqualTo(.2);
        assertThat(every.parts()).extracting(ClaimResult.Part::pass).containsExactly(true, false, true);
        assertThat(check("that: {value: m}, above: 0.5, in-at-least: 2", three).pass())
                .isTrue();
        assertThat(check("that: {value: m}, above: 0.5, in-at-least: 3", three).pass())
                .isFalse();
        assertThat(check("that: {value: m}, above: 0.5, in-at-least: 4", three).pass())
                .isFalse();
        assertThatThrownBy(() -> claim("that: {value: m}, above: 0.5, in-at-least: 0"))
                .hasMessageContaining("at least 1");
    }

    /** The model that fails by its bound is the headline, not one with a smaller estimate that passes. */
    @Test
    void theHeadlineIsTheModelThatFails() {
        ClaimResult result = check("that: {value: m}, above: 0.6", sampled(.65, .02, 1), sampled(.70, 1.5, 2));
        assertThat(result.pass()).isFalse();
        assertThat(result.low()).isLessThan(.6);
    }

    @Test
    void whatIsUndefinedFailsAndSaysWhy() {
        for (String limit : List.of("above: 0", "below: 1", "above: -1, below: 1")) {
            ClaimResult result = check("that: {value: m}, " + limit, exact(Double.NaN));
            assertThat(result.pass()).as(limit).isFalse();
            assertThat(result.because()).contains("undefined");
        }
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
        double[] paired = ClaimCheck.interval(difference, findings);
        double[] alone = ClaimCheck.interval(claim("that: {value: a}, above: 0").that(), findings);
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
        assertThat(found.observed()).isEqualTo(-1.5 / Math.sqrt(4.5 * 5));
        assertThat(ClaimCheck.check(claim("that: {rank-correlation: [x, x]}, above: 0.99"), all)
                        .pass())
                .isTrue();
    }

    @Test
    void whereNothingIsDefinedNothingIsCounted() {
        Measured none = new Measured(
                new NamedArray(List.of(Axis.counted("head", 2)), new double[] {Double.NaN, Double.NaN}), null, null);
        Measured one = new Measured(
                new NamedArray(List.of(Axis.counted("head", 2)), new double[] {Double.NaN, 3}), null, null);
        Map<String, Findings> all = Map.of("model", findings(Map.of("none", none, "one", one)));
        assertThat(ClaimCheck.check(claim("that: {count: none, below: 100}, below: 5"), all)
                        .pass())
                .isFalse();
        assertThat(ClaimCheck.check(claim("that: {count: one, below: 100}, above: 0"), all)
                        .observed())
                .isEqualTo(1);
    }
}
