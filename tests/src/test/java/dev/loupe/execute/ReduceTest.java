package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Verdict;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families with two axes, and what their measurements come down to. */
class ReduceTest {
    private static final String TWO_AXES = """
            loupe: 1
            model: {cards: [induction-1l, toy-ioi-1l], seeds: [0, 1, 2]}
            dataset: {generator: repeated-tokens, period: 5, length: 12, ids: 0..29, rows: 12, seed: 1}
            metric: loss
            """;

    @TempDir
    Path folder;

    private RunResult run(String yaml) {
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return lab.result();
        }
    }

    private RowTable alone(String card, int seed) {
        return Laboratory.table(
                folder,
                TWO_AXES.replaceAll("model:.*", "model: {card: " + card + ", seeds: " + seed + "}")
                        + "measure: {loss: {evaluate: default}}\n",
                "loss@seed " + seed);
    }

    @Test
    void everyCombinationIsMeasuredAndLiesWhereItsLabelsSay() {
        RunResult result = run(TWO_AXES + "measure: {loss: {evaluate: default}}\n");
        NamedArray loss = Laboratory.numbers(result, "loss");
        assertThat(NamedArray.describe(loss.axes())).isEqualTo("[model 2, seed 3]");
        assertThat(loss.axis("model").labels()).containsExactly("induction-1l", "toy-ioi-1l");
        for (int seed = 0; seed < 3; seed++) {
            assertThat(loss.data()[seed])
                    .isEqualTo(alone("induction-1l", seed).estimate().value());
            assertThat(loss.data()[3 + seed])
                    .isEqualTo(alone("toy-ioi-1l", seed).estimate().value());
        }
    }

    @Test
    void aReductionKeepsTheOtherAxesAndResamplesRowsInAllModelsTogether() {
        RunResult result = run(TWO_AXES + """
                measure:
                  loss: {evaluate: default}
                  middle: {reduce: loss, over: seed, take: median}
                  worst: {reduce: middle, over: model, take: max}
                """);
        double[] loss = Laboratory.numbers(result, "loss").data();
        NamedArray middle = Laboratory.numbers(result, "middle");
        assertThat(NamedArray.describe(middle.axes())).isEqualTo("[model 2]");
        assertThat(middle.data()[0])
                .isEqualTo(Arrays.stream(loss, 0, 3).sorted().toArray()[1]);
        assertThat(middle.data()[1])
                .isEqualTo(Arrays.stream(loss, 3, 6).sorted().toArray()[1]);
        assertThat(Laboratory.numbers(result, "worst").value()).isEqualTo(Math.max(middle.data()[0], middle.data()[1]));
        Interval interval = Objects.requireNonNull(quantity(result, "middle").interval());
        Resampling resampling = new Resampling(1000, .95, 17);
        List<RowTable> tables = List.of(alone("induction-1l", 0), alone("induction-1l", 1), alone("induction-1l", 2));
        double[] draws = new double[1000];
        for (int b = 0; b < draws.length; b++) {
            double[] weights = resampling.weights(12, b);
            draws[b] = tables.stream()
                    .mapToDouble(table -> table.weighted(weights).value())
                    .sorted()
                    .toArray()[1];
        }
        Arrays.sort(draws);
        assertThat(interval.low().data()[0]).isBetween(draws[24], draws[25]);
        assertThat(interval.high().data()[0]).isBetween(draws[974], draws[975]);
    }

    private static Quantity quantity(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(Quantity.class::isInstance)
                .map(Quantity.class::cast)
                .filter(quantity -> quantity.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void claimsCountAlongOneAxisAndSpanTheOthers() {
        RunResult result = run(TWO_AXES + """
                measure: {loss: {evaluate: default}}
                claims:
                  - {say: everywhere, that: {value: loss}, above: 0, by: estimate}
                  - {say: the larger of both cards, that: {max: loss}, above: 0, by: estimate, in-at-least: 2 of seed}
                  - {say: one card, that: {value: loss, where: {model: toy-ioi-1l}}, above: 0, by: estimate, in-at-least: 3}
                """);
        double[] loss = Laboratory.numbers(result, "loss").data();
        ClaimResult everywhere = result.claims().get(0);
        assertThat(everywhere.parts())
                .extracting(ClaimResult.Part::unit)
                .contains("model toy-ioi-1l, seed 2")
                .hasSize(6);
        ClaimResult larger = result.claims().get(1);
        assertThat(larger.needed()).isEqualTo(2);
        assertThat(larger.parts()).extracting(ClaimResult.Part::unit).containsExactly("seed 0", "seed 1", "seed 2");
        for (int seed = 0; seed < 3; seed++) {
            assertThat(larger.parts().get(seed).observed())
                    .isEqualTo(Math.max(loss[seed], loss[3 + seed]), within(1e-12));
            assertThat(result.claims().get(2).parts().get(seed).observed()).isEqualTo(loss[3 + seed]);
        }
        assertThat(larger.parts().get(0).where()).startsWith("model ");
        assertThat(larger.verdict()).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void whatCannotBeCountedIsSaidBeforeAnythingRuns() {
        assertThatThrownBy(() -> run(TWO_AXES + """
                measure: {loss: {evaluate: default}}
                claims:
                  - {say: which, that: {value: loss}, above: 0, in-at-least: 2}
                  - {say: none, that: {value: loss}, above: 0, in-at-least: 2 of checkpoint}
                  - {say: many, that: {max: loss}, above: 0, in-at-least: 4 of seed}
                  - {say: both, that: {value: loss, where: {seed: 0}}, above: 0, in-at-least: 1 of seed}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("write `2 of model`")
                .hasMessageContaining("but the models of this claim differ in model and seed")
                .hasMessageContaining("`in-at-least: 4 of seed` can never hold, because there are 3 models")
                .hasMessageContaining("which the number itself spans");
    }

    @Test
    void anUnknownAxisAnOptionWithoutEffectAndACircleAreRefused() {
        assertThatThrownBy(() -> run(TWO_AXES + """
                measure:
                  loss: {evaluate: default}
                  a: {reduce: loss, over: layer, take: max}
                  b: {reduce: loss, over: seed, take: max, model: default}
                  c: {reduce: d, over: seed, take: max}
                  d: {reduce: c, over: seed, take: max}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "spec.yaml:7:27 error[cannot-measure] there is no axis `layer` in `loss`, which has [model 2, seed 3]")
                .hasMessageContaining("`model` has no effect here")
                .hasMessageContaining("is computed from itself");
    }

    @Test
    void modelsOfUnlikeComponentsAreNotPutSideBySide() {
        assertThatThrownBy(() ->
                        run(TWO_AXES.replace("toy-ioi-1l", "induction-2l") + "measure: {s: {head-scores: [IND]}}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("models of one family are measured side by side")
                .hasMessageContaining("induction-2l seed 0");
    }

    @Test
    void untrainedTwinsOfTwoCardsHaveEachTheirOwnArchitecture() {
        RunResult result = run("""
                loupe: 1
                model:
                  both: {cards: [induction-1l, induction-2l]}
                  untrained: {reinitialise: both, seeds: 7..8}
                dataset: {generator: repeated-tokens, period: 5, length: 12, ids: 0..29, rows: 4, seed: 1}
                metric: loss
                measure: {loss: {evaluate: default, model: untrained}}
                """);
        NamedArray loss = Laboratory.numbers(result, "loss");
        assertThat(NamedArray.describe(loss.axes())).isEqualTo("[model 2, seed 2]");
        assertThat(loss.data()[0]).isNotEqualTo(loss.data()[2]);
    }
}
