package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Effects that were estimated and run: one cloud for a model, not one for each of its layers. */
class EstimateAgainstExactTest {
    private static final Axis LAYER = new Axis("layer", List.of("0", "1"));
    private static final Axis HEAD = new Axis("head", List.of("0", "1"));

    private static Quantity part(String name, List<Axis> axes, double... values) {
        return new Quantity(
                name,
                "Screen",
                "",
                Figure.AUTO,
                "change",
                new NamedArray(axes, values),
                null,
                null,
                new Setting("m", "d", "", "", List.of(), List.of()));
    }

    @Test
    void headsOfAllLayersAreOneCloudOfThoseThatWereRun() {
        List<Axis> axes = List.of(LAYER, HEAD);
        Quantity points = EstimateAgainstExact.of(List.of(
                        part("a.estimate", axes, 1, 2, 3, 4), part("a.exact", axes, Double.NaN, 20, Double.NaN, 40)))
                .orElseThrow();
        assertThat(points.estimate().axes())
                .containsExactly(
                        new Axis("component", List.of("L0H1", "L1H1")),
                        new Axis("value", List.of("estimate", "exact")));
        assertThat(points.estimate().data()).containsExactly(2, 20, 4, 40);
    }

    @Test
    void eachModelHasItsOwnCloudOfTheSameCells() {
        Axis seed = new Axis("seed", List.of("0", "1"));
        List<Axis> axes = List.of(seed, LAYER);
        Quantity points = EstimateAgainstExact.of(List.of(
                        part("a.estimate", axes, 1, 2, 3, 4),
                        part("a.exact", axes, 10, Double.NaN, Double.NaN, Double.NaN)))
                .orElseThrow();
        assertThat(points.estimate().axes())
                .containsExactly(
                        seed,
                        new Axis("component", List.of("layer 0")),
                        new Axis("value", List.of("estimate", "exact")));
        assertThat(points.estimate().data()).containsExactly(1, 10, 3, Double.NaN);
    }

    /** Intervals that were made in one way go with their numbers, and with them how many rows there were. */
    @Test
    void intervalsOfBothGoWithTheirNumbers() {
        List<Axis> axes = List.of(LAYER);
        Quantity estimate = within(part("a.estimate", axes, 1, 2), .5);
        Quantity exact = within(part("a.exact", axes, 10, 20), 5);
        Interval interval =
                EstimateAgainstExact.of(List.of(estimate, exact)).orElseThrow().interval();
        assertThat(interval).isNotNull();
        assertThat(interval.low().data()).containsExactly(.5, 5, 1.5, 15);
        assertThat(interval.high().data()).containsExactly(1.5, 15, 2.5, 25);
        assertThat(interval.n()).isEqualTo(7);
        assertThat(EstimateAgainstExact.of(List.of(estimate, part("a.exact", axes, 10, 20)))
                        .orElseThrow()
                        .interval())
                .isNull();
    }

    private static Quantity within(Quantity quantity, double room) {
        double[] values = quantity.estimate().data();
        List<Axis> axes = quantity.estimate().axes();
        return new Quantity(
                quantity.name(),
                quantity.title(),
                quantity.doc(),
                quantity.figure(),
                quantity.unit(),
                quantity.estimate(),
                new Interval(
                        new NamedArray(
                                axes, Arrays.stream(values).map(v -> v - room).toArray()),
                        new NamedArray(
                                axes, Arrays.stream(values).map(v -> v + room).toArray()),
                        .95,
                        "bootstrap",
                        7),
                null,
                quantity.setting());
    }

    @Test
    void nothingIsDrawnWhereNothingWasRun() {
        List<Axis> axes = List.of(LAYER);
        assertThat(EstimateAgainstExact.of(
                        List.of(part("a.estimate", axes, 1, 2), part("a.exact", axes, Double.NaN, Double.NaN))))
                .isEmpty();
    }
}
