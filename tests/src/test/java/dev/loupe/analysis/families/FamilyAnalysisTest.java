package dev.loupe.analysis.families;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.Combination;
import dev.loupe.plan.ask.CurvePart;
import dev.loupe.plan.ask.Reduction;
import dev.loupe.plan.values.CellByCell;
import dev.loupe.plan.values.ChangePoints;
import dev.loupe.plan.values.Distances;
import dev.loupe.plan.values.FamilyResults;
import dev.loupe.plan.values.OverModels;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the results of a family, none of it run. */
class FamilyAnalysisTest {
    private static final String MEASURE = """
            loss: {evaluate: default}
            scores: {head-scores: [IND, PREV]}
            shape: {distribution: [skew, mean], sample: {count: 40, seed: 1}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void card() throws IOException {
        Path card = folder.resolve("small/card.yaml");
        Files.createDirectories(card.getParent());
        Files.writeString(card, """
                loupe: 1
                card: trained
                title: Two layers of eight neurons
                architecture:
                  transformer: {n_layers: 2, d_model: 4, n_heads: 2, d_mlp: 8, n_ctx: 64, d_vocab: 202, act_fn: gelu, normalization_type: LN}
                recipe:
                  data: {generator: planted-language}
                  batch: 4
                  steps: 1
                  optimizer: {kind: adamw, learning-rate: 2.0e-3}
                  seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8]
                """);
    }

    private static String spec(String seeds, String measure) {
        return """
                loupe: 1
                model: {card: small, seeds: %s}
                dataset: {generator: planted-language, rows: 20, seed: 5}
                metric: loss
                measure:
                """.formatted(seeds) + (MEASURE + measure).indent(2);
    }

    private static PlanStep step(ExecutionPlan plan, String name) {
        return plan.step(requireNonNull(plan.outputs().get(name)));
    }

    @Test
    void curvesReadTheNumbersOfTheirAxis() {
        ExecutionPlan plan = Specs.plan(folder, spec("[0, 1, 2, 3, 4, 5, 6, 7, 8]", """
                change: {change-point: scores.PREV, along: seed}
                """));
        ChangePoints change = (ChangePoints) step(plan, "change");
        assertThat(change.at()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
        assertThat(change.along()).isEqualTo("seed");
        assertThat(change.parts()).containsExactly(CurvePart.values());
        FamilyResults family = change.family();
        assertThat(family.results()).hasSize(9).doesNotHaveDuplicates();
        // Of two kinds of scores the second is read.
        assertThat(family.part()).isEqualTo(1);
    }

    @Test
    void numbersAreReducedCombinedAndCompared() {
        ExecutionPlan plan = Specs.plan(folder, spec("[1, 2]", """
                middle: {reduce: scores.IND, over: [seed, head], take: median}
                gain: {combine: [loss, middle2], take: difference}
                middle2: {reduce: scores.IND, over: [layer, head], take: max}
                ratio: {combine: [scores.IND, scores.PREV], take: ratio, undefined-below: 0.25}
                sum: {combine: [scores.IND, scores.PREV, scores.IND], take: sum}
                apart: {distribution-distance: shape.mean, between: seed}
                """));
        OverModels middle = (OverModels) step(plan, "middle");
        assertThat(middle.over()).containsExactly("seed", "head");
        assertThat(middle.take()).isEqualTo(Reduction.MEDIAN);
        assertThat(middle.axes(plan::step)).extracting(Axis::name).containsExactly("layer");
        CellByCell gain = (CellByCell) step(plan, "gain@seed 1");
        assertThat(gain.take()).isEqualTo(Combination.DIFFERENCE);
        assertThat(gain.read()).hasSize(2);
        CellByCell ratio = (CellByCell) step(plan, "ratio@seed 1");
        assertThat(ratio.least()).isEqualTo(.25);
        assertThat(ratio.read()).extracting(FamilyResults::part).containsExactly(0, 1);
        assertThat(((CellByCell) step(plan, "sum@seed 2")).read())
                .extracting(FamilyResults::part)
                .containsExactly(0, 1, 0);
        Distances apart = (Distances) step(plan, "apart");
        assertThat(apart.between()).isEqualTo(new Axis("seed", List.of("1", "2")));
        assertThat(apart.sets()).containsExactly("layer", "neuron");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0, 1, 2, 3, 4, 5, 6, 7] | {change-point: loss, along: seed} | has 7 points of `seed` above 0",
                "[2, 1] | {change-point: loss, along: seed} | must rise from 0 or more: [2, 1]",
                "[1, 2] | {change-point: loss, along: seed} | has 2 points of `seed` above 0",
                "[1, 2] | {change-point: loss, along: layer} | there is no axis `layer` in `loss`, which has [seed 2]",
                "[1, 2] | {reduce: loss, over: [seed, seed], take: max} | each once",
                "[1, 2] | {reduce: loss, over: [], take: max} | at least one axis",
                "[1, 2] | {reduce: loss, over: [head], take: max} | no axis `head` in `loss`, which has [seed 2]",
                "[1, 2] | {combine: [scores.IND, loss], take: sum} | `scores.IND` has [layer 2, head 2], `loss` is a single number",
                "[1, 2] | {combine: [scores.IND, shape.mean], take: sum} | need the same axes",
                "[1, 2] | {combine: [loss, loss], take: ratio, undefined-below: -1} | must be at least 0",
                "[1, 2] | {combine: [loss], take: sum} | needs two or more measurements, not 1",
                "[1, 2] | {combine: [loss, loss, loss], take: difference} | needs two measurements, not 3",
                "[1, 2] | {distribution-distance: loss, between: seed} | is a single number in each model",
                "[1] | {distribution-distance: shape.mean, between: seed} | seed",
                "[1, 2] | {distribution-distance: shape.mean, between: model} | have no axis `model`: [seed 2]"
            })
    void whatHasNoMeaningIsRefused(String seeds, String measure, String said) {
        assertThat(Specs.refusal(folder, spec(seeds, "w: " + measure + "\n"))).contains(said);
    }
}
