package dev.loupe.report.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Onsets worked out by hand: a jump between steps 8 and 16 has its middle at 8 times the root of 2. */
class OnsetTableTest {
    private static final Axis STEPS = new Axis("checkpoint", List.of("0", "1", "2", "4", "8", "16", "32"));
    private static final Axis SEEDS = Axis.counted("seed", 2);
    private static final String SPEC = "measure:\n  change: {change-point: late, along: checkpoint}\n"
            + "  best: {reduce: heads, over: [layer, head], take: max}\n";

    @Test
    void earliestFirstWithWhereTheEndsOfIntervalsPassTheLevel() {
        OnsetTable table = table("", curve("late", 0, 0, 0, 0, 0, 1, 1), curve("early", 1, 1, 0, 0, 0, 0, 0));
        assertThat(table.rows()).extracting(OnsetTable.Row::title).containsExactly("early", "early", "late", "late");
        assertThat(table.rows()).extracting(OnsetTable.Row::shown).containsExactly("1.414", "1.414", "11", "11");
        assertThat(table.rows()).extracting(OnsetTable.Row::model).contains("seed 0", "seed 1");
        // Level 0.5 with ends 0.1 beside each number: 0.4 and 0.6 of the way.
        assertThat(table.rows().get(2).interval()).isEqualTo("[11, 12]");
        assertThat(Double.parseDouble(table.rows().get(2).step()))
                .isBetween(8 * Math.sqrt(2) - 1e-9, 8 * Math.sqrt(2) + 1e-9);
        assertThat(table.rows().get(2).change()).isEqualTo("0 to 1 nats");
    }

    @Test
    void countsHowOftenOneComesBeforeAnother() {
        OnsetOrder order = Objects.requireNonNull(
                table("", curve("late", 0, 0, 0, 0, 0, 1, 1), curve("early", 1, 1, 0, 0, 0, 0, 0))
                        .order());
        assertThat(order.titles()).containsExactly("early", "late");
        assertThat(order.counts()).containsExactly(List.of("", "2 of 2 (2 apart)"), List.of("0 of 2", ""));
    }

    @Test
    void whatEndsWhereItBeganHasNone() {
        OnsetTable table = table("", curve("flat", .5, .5, .6, .9, .6, .5, .55));
        assertThat(table.rows())
                .allMatch(row -> row.shown().equals("undefined") && row.step().isEmpty());
        assertThat(table.order()).isNull();
        assertThat(table.caption()).anyMatch(sentence -> sentence.startsWith("Undefined:"));
    }

    /** The upper end of the interval stays below the level: the curve may get there only after its last step. */
    @Test
    void anIntervalMayBeOpen() {
        Quantity curve = curve("late", 0, 0, 0, 0, 0, 0, 1);
        Interval wide = new Interval(
                shifted(curve.estimate(), i -> i % STEPS.size() == 6 ? -.6 : 0), curve.estimate(), .95, "", 10);
        assertThat(table("", with(curve, wide)).rows().get(0).interval()).endsWith(", after the last]");
    }

    @Test
    void aChangePointOfTheRunHasTheIntervalOfItsResamples() {
        Quantity half = new Quantity(
                "change.t50",
                "Change",
                "",
                Figure.TABLE,
                "",
                new NamedArray(List.of(SEEDS), new double[] {12, 13}),
                new Interval(
                        new NamedArray(List.of(SEEDS), new double[] {10, 11}),
                        new NamedArray(List.of(SEEDS), new double[] {14, 15}),
                        .95,
                        "",
                        10),
                null);
        OnsetTable table = table(SPEC, curve("late", 0, 0, 0, 0, 0, 1, 1), half);
        assertThat(table.rows()).extracting(OnsetTable.Row::interval).containsExactly("[10, 14]", "[11, 15]");
        assertThat(table.rows()).extracting(OnsetTable.Row::by).containsOnly("resampled rows");
    }

    @Test
    void ofManyHeadsTheOneThatChangesMostUnlessTheRunReducesThem() {
        NamedArray heads = new NamedArray(
                List.of(SEEDS, STEPS, Axis.counted("layer", 1), Axis.counted("head", 2)), new double[28]);
        for (int i = 0; i < heads.data().length; i++) {
            int[] at = heads.coordinates(i);
            heads.data()[i] = at[1] >= 5 ? (at[3] == at[0] ? 1 : .2) : 0;
        }
        Quantity scores = new Quantity("heads", "heads", "", Figure.AUTO, "", heads, null, null);
        assertThat(table("", scores).rows())
                .extracting(OnsetTable.Row::component)
                .containsExactly("L0H0", "L0H1");
        assertThat(table("", scores).components()).isTrue();
        Quantity best = new Quantity(
                "best",
                "best",
                "",
                Figure.AUTO,
                "",
                curve("x", 0, 0, 0, 0, 0, 1, 1).estimate(),
                null,
                null);
        assertThat(table(SPEC, scores, best).rows())
                .extracting(OnsetTable.Row::name)
                .containsOnly("best");
    }

    @Test
    void aRunWithoutATrainingHasNoTable() {
        Quantity number =
                new Quantity("n", "n", "", Figure.AUTO, "", new NamedArray(List.of(SEEDS), new double[2]), null, null);
        assertThat(OnsetTable.of(run("", number))).isNull();
    }

    private static OnsetTable table(String spec, Artifact... artifacts) {
        return Objects.requireNonNull(OnsetTable.of(run(spec, artifacts)));
    }

    private static RunResult run(String spec, Artifact... artifacts) {
        Provenance from =
                new Provenance("", Map.of(), Map.of(), List.of(), List.of(), Map.of(), "", "", "", Map.of(), 0, "", "");
        return new RunResult(
                "1", "t", "q?", "", "", List.of(), List.of(artifacts), from, spec, List.of(), "", "", Map.of());
    }

    /** The same curve in both seeds, with ends 0.1 beside it. */
    private static Quantity curve(String name, double... values) {
        double[] both = new double[2 * values.length];
        Arrays.setAll(both, i -> values[i % values.length]);
        NamedArray numbers = new NamedArray(List.of(SEEDS, STEPS), both);
        Interval interval =
                new Interval(shifted(numbers, i -> -.1), shifted(numbers, i -> .1), .95, "percentile bootstrap", 10);
        return new Quantity(name, name, "", Figure.AUTO, "nats", numbers, interval, null);
    }

    private static Quantity with(Quantity curve, @Nullable Interval interval) {
        return new Quantity(curve.name(), curve.title(), "", Figure.AUTO, "nats", curve.estimate(), interval, null);
    }

    private static NamedArray shifted(NamedArray numbers, IntToDoubleFunction by) {
        double[] moved = numbers.data().clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += by.applyAsDouble(i);
        }
        return new NamedArray(numbers.axes(), moved);
    }
}
