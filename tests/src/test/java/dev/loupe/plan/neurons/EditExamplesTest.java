package dev.loupe.plan.neurons;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.neurons.EditExamples.Written;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the step says of itself before anything runs. */
class EditExamplesTest {
    @TempDir
    Path folder;

    private ExecutionPlan plan(String options) {
        return Specs.plan(folder, """
                loupe: 1
                model: {plant: identity-mlp, vocabulary: 20}
                dataset: {generator: random-tokens, length: 24, rows: 60, seed: 4}
                measure:
                  effect: {example-effect: mlp.post, neurons: [L0N3], examples: 5, %s, sample: {seed: 1}}
                """.formatted(options));
    }

    private static EditExamples effect(ExecutionPlan plan) {
        return (EditExamples) plan.step(requireNonNull(plan.outputs().get("effect")));
    }

    @Test
    void silentTokensAreAmongRandomOnes() {
        assertThat(effect(plan("random: 0")).places()).containsExactly(EditExamples.Place.FIRING);
        assertThat(effect(plan("random: 9")).places()).containsExactly(EditExamples.Place.values());
        assertThat(effect(plan("random: 9")).most()).isEqualTo(9);
        assertThat(effect(plan("random: 2")).most()).isEqualTo(5);
    }

    /** Each row is run as it is and once for each change; a batch keeps the logits of as many runs of 16 examples. */
    @Test
    void costGrowsWithTheChanges() {
        EditExamples one = effect(plan("random: 3"));
        EditExamples three = effect(plan("random: 3, with: [zero, mean, resample], seed: 2"));
        assertThat(three.flops()).isEqualTo(2 * one.flops());
        assertThat(three.bytes() - one.bytes()).isGreaterThanOrEqualTo(2L * 8 * 16 * 20);
        assertThat(one.inputs()).containsExactly(one.load(), one.examples());
        assertThat(three.inputs()).containsExactly(three.load(), three.examples(), three.sample());
    }

    @Test
    void otherNumbersOfStepsChangeNothingElse() {
        EditExamples step = effect(plan("random: 3, with: mean"));
        EditExamples renamed = step.renamed(id -> id + 100);
        assertThat(renamed.inputs()).containsExactly(step.load() + 100, step.examples() + 100, step.sample() + 100);
        assertThat(renamed.renamed(id -> id - 100)).isEqualTo(step);
        assertThat(renamed.written()).containsExactly(Written.MEAN);
        assertThat(step.describe()).isEqualTo("predictions after the examples of 1 neuron, without it");
    }

    @Test
    void somethingElseIsNotTakenForExamples() {
        ExecutionPlan plan = plan("random: 3, with: mean");
        EditExamples step = effect(plan);
        List<PlanStep> wrong = plan.steps().stream()
                .map(one -> one == step ? step.renamed(id -> id == step.examples() ? step.sample() : id) : one)
                .toList();
        assertThatThrownBy(() -> new ExecutionPlan(wrong, plan.outputs())).hasMessageContaining("chooses no examples");
        assertThat(step.axes().get(1).labels()).containsExactly("mean");
    }
}
