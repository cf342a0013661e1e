package dev.loupe.claim;

import static dev.loupe.claim.GivenFindings.heads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static final RowTable ROWS = new RowTable(List.of(), 2, new double[] {3, 5}, new double[] {1, 1});
    private static final Findings ALL = GivenFindings.of(Map.of(
            "m", heads(1, 2, 3, 4, 5, Double.NaN),
            "six", number(6),
            "four", number(4),
            "zero", number(0),
            "rows", new Measured(ROWS.estimate(), ROWS, null),
            "null",
                    new Measured(
                            NamedArray.scalar(1), null, new NullBand("draws", new double[] {2, 9, 7}, Side.HIGHER))));
    private static final Expression SIX = value("six");
    private static final Expression FOUR = value("four");
    private static final Expression TOP = new Expression.Value("m", Map.of(), new TopOf("m", Map.of(), 1));

    private static Measured number(double value) {
        return new Measured(NamedArray.scalar(value), null, null);
    }

    private static Expression value(String name) {
        return new Expression.Value(name, Map.of(), null);
    }

    @Test
    void oneNumberIsReadWhereOneIsLeft() {
        assertThat(SIX.value(ALL, -1)).isEqualTo(6);
        assertThat(new Expression.Value("m", Map.of("head", "L1H0"), null).value(ALL, -1))
                .isEqualTo(4);
        assertThat(TOP.value(ALL, -1)).isEqualTo(5);
        assertThat(TOP.component(ALL)).isEqualTo("L1H1");
        assertThat(SIX.component(ALL)).isNull();
        assertThatThrownBy(() -> value("m").value(ALL, -1))
                .hasMessageContaining("`m` is not a single number but has [layer 2, head 3]; narrow it with `where`");
    }

    /** 1 to 5 have the mean 3; the undefined sixth does not count. */
    @Test
    void theMeanIsOfWhatIsDefined() {
        assertThat(new Expression.Mean("m", Map.of()).value(ALL, -1)).isEqualTo(3);
        assertThat(new Expression.Mean("m", Map.of("layer", "1")).value(ALL, -1))
                .isEqualTo(4.5);
        assertThat(new Expression.Mean("m", Map.of("head", "L1H2")).value(ALL, -1))
                .isNaN();
    }

    @Test
    void equalToTheLimitIsNeitherAboveNorBelow() {
        assertThat(new Expression.Count("m", Map.of(), 2.0, null).value(ALL, -1))
                .isEqualTo(3);
        assertThat(new Expression.Count("m", Map.of(), null, 2.0).value(ALL, -1))
                .isEqualTo(1);
        assertThat(new Expression.Count("m", Map.of("layer", "1"), 2.0, null).value(ALL, -1))
                .isEqualTo(2);
        assertThatThrownBy(() -> new Expression.Count("m", Map.of(), 1.0, 2.0)).hasMessageContaining("either");
        assertThatThrownBy(() -> new Expression.Count("m", Map.of(), null, null))
                .hasMessageContaining("either");
    }

    @Test
    void chanceEndsAtTheLargestOfFewDraws() {
        Expression chance = new Expression.Chance("null");
        assertThat(chance.value(ALL, -1)).isEqualTo(9);
        assertThat(chance.references()).containsExactly("null");
        assertThat(chance.resampled()).isEmpty();
        assertThatThrownBy(() -> new Expression.Chance("six").value(ALL, -1)).hasMessageContaining("`six` has no null");
    }

    @Test
    void twoNumbersAreSubtractedOrDivided() {
        Expression difference = new Expression.Difference(List.of(SIX, FOUR));
        assertThat(difference.value(ALL, -1)).isEqualTo(2);
        assertThat(new Expression.Ratio(List.of(SIX, FOUR)).value(ALL, -1)).isEqualTo(1.5, within(1e-15));
        assertThat(new Expression.Ratio(List.of(SIX, value("zero"))).value(ALL, -1))
                .isNaN();
        assertThat(new Expression.Ratio(List.of(value("zero"), SIX)).value(ALL, -1))
                .isZero();
        assertThatThrownBy(() -> new Expression.Difference(List.of(SIX)))
                .hasMessage("`difference` takes two expressions, got 1");
        assertThatThrownBy(() -> new Expression.Ratio(List.of(SIX, SIX, SIX)))
                .hasMessage("`ratio` takes two expressions, got 3");
    }

    @Test
    void theComponentIsThatOfTheFirst() {
        assertThat(new Expression.Difference(List.of(TOP, SIX)).component(ALL)).isEqualTo("L1H1");
        assertThat(new Expression.Difference(List.of(SIX, TOP)).component(ALL)).isNull();
        assertThat(new Expression.Ratio(List.of(TOP, SIX)).component(ALL)).isEqualTo("L1H1");
        assertThat(new Expression.Ratio(List.of(SIX, TOP)).component(ALL)).isNull();
        assertThat(new Expression.Mean("m", Map.of()).component(ALL)).isNull();
    }

    @Test
    void everyMeasurementThatIsReadIsNamedOnce() {
        Expression chosen = new Expression.Value("six", Map.of(), new TopOf("m", Map.of(), 1));
        assertThat(chosen.references()).containsExactly("six", "m");
        assertThat(chosen.resampled()).containsExactly("six");
        assertThat(SIX.references()).containsExactly("six");
        List<Expression> two = List.of(chosen, new Expression.Chance("null"));
        for (Expression both : List.of(new Expression.Difference(two), new Expression.Ratio(two))) {
            assertThat(both.references()).containsExactly("six", "m", "null");
            assertThat(both.resampled()).containsExactly("six");
        }
        assertThat(new Expression.Difference(List.of(SIX, SIX)).references()).containsExactly("six");
        assertThat(new Expression.Mean("m", Map.of()).references()).containsExactly("m");
        assertThat(new Expression.Count("m", Map.of(), 1.0, null).references()).containsExactly("m");
    }

    @Test
    void itIsSampledWhereOneOfThemIs() {
        assertThat(SIX.sampled(ALL)).isFalse();
        assertThat(value("rows").sampled(ALL)).isTrue();
        assertThat(new Expression.Ratio(List.of(SIX, value("rows"))).sampled(ALL))
                .isTrue();
        assertThat(new Expression.Difference(List.of(value("rows"), SIX)).sampled(ALL))
                .isTrue();
        assertThat(new Expression.Difference(List.of(SIX, FOUR)).sampled(ALL)).isFalse();
    }
}
