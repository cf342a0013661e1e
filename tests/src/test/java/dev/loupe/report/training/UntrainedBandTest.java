package dev.loupe.report.training;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A curve gets the chance level of the same thing in the same training, and no other. */
class UntrainedBandTest {
    private static final Axis STEPS = new Axis("checkpoint", List.of("0", "1", "2", "4"));
    private static final Axis LAYER = Axis.counted("layer", 1);
    private static final Axis HEAD = Axis.counted("head", 2);
    private static final List<String> TRAINING = List.of("m step 0", "m step 1", "m step 2", "m");
    private static final String SPEC =
            "measure: {best: {reduce: scores.IND, over: [layer, head], take: max}, least: {reduce: scores.IND, over: [layer, head], take: min}}";

    @Test
    void aCurveGetsTheChanceThatWasMeasuredBesideItsLastCheckpoint() {
        RunResult run = UntrainedBand.lent(run(curve("scores.IND", "rows"), untrained("untrained.IND", "m", "rows")));
        NullBand chance = requireNonNull(quantity(run, 0).chance());
        assertThat(chance.edge()).isEqualTo(0.3);
        assertThat(chance.method())
                .isEqualTo("maximum over all components of 2 untrained models, measured once in untrained");
    }

    @Test
    void ofAnotherModelOfOtherRowsOrOfAnotherPartItGetsNone() {
        for (Quantity other : List.of(
                untrained("untrained.IND", "other", "rows"),
                untrained("untrained.IND", "m", "others"),
                untrained("untrained.DUP", "m", "rows"))) {
            assertThat(quantity(UntrainedBand.lent(run(curve("scores.IND", "rows"), other)), 0)
                            .chance())
                    .isNull();
        }
    }

    /** Each draw is the largest of all heads, so the curve of the largest head has it too, and the smallest one has not. */
    @Test
    void theLargestHeadHasTheChanceOfAllHeads() {
        RunResult run = UntrainedBand.lent(run(
                curve("scores.IND", "rows"),
                untrained("untrained.IND", "m", "rows"),
                reduced("best"),
                reduced("least")));
        assertThat(quantity(run, 2).chance()).isNotNull();
        assertThat(quantity(run, 3).chance()).isNull();
    }

    private static Quantity quantity(RunResult run, int number) {
        return (Quantity) run.artifacts().get(number);
    }

    private static Quantity curve(String name, String rows) {
        return quantity(name, List.of(STEPS, LAYER, HEAD), TRAINING, rows, "Where heads look.", null);
    }

    private static Quantity reduced(String name) {
        return quantity(name, List.of(STEPS), TRAINING, "rows", "max of the defined numbers.", null);
    }

    private static Quantity untrained(String name, String model, String rows) {
        NullBand chance =
                new NullBand("maximum over all components of 2 untrained models", new double[] {0.2, 0.3}, Side.HIGHER);
        return quantity(name, List.of(LAYER, HEAD), List.of(model), rows, "Where heads look.", chance);
    }

    private static Quantity quantity(
            String name, List<Axis> axes, List<String> models, String rows, String doc, @Nullable NullBand chance) {
        return new Quantity(
                name,
                name,
                doc,
                Figure.AUTO,
                "share of attention",
                new NamedArray(axes, new double[NamedArray.sizeOf(axes)]),
                null,
                chance,
                new Setting("m", rows, "", "", List.of(), List.of(), "", "", models, List.of()));
    }

    private static RunResult run(Artifact... artifacts) {
        Provenance from =
                new Provenance("", Map.of(), Map.of(), List.of(), List.of(), Map.of(), "", "", "", Map.of(), 0, "", "");
        return new RunResult(
                "1", "t", "q?", "", "", List.of(), List.of(artifacts), from, SPEC, List.of(), "", "", Map.of());
    }
}
