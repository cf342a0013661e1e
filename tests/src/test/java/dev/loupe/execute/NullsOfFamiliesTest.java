package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The null of a family is drawn in each of its models, and a claim compares a model with its own draws. */
class NullsOfFamiliesTest {
    private static final String SPEC = """
            loupe: 1
            model:
              both: {card: induction-2l, seeds: [0, 1]}
              zero: {card: induction-2l, seeds: [0]}
              one: {card: induction-2l, seeds: [1]}
            dataset: {generator: repeated-tokens, period: 5, length: 12, ids: 0..29, rows: 12, seed: 1}
            metric: loss
            measure:
            """;

    @TempDir
    Path folder;

    private RunResult run(String more) {
        try (Laboratory lab = new Laboratory(folder, SPEC + more)) {
            return lab.result();
        }
    }

    private static NullBand band(RunResult result, String name) {
        return Objects.requireNonNull(((Quantity) result.artifacts().stream()
                        .filter(a -> a.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .chance());
    }

    @Test
    void shuffledRowsAreReadByEachModel() {
        String chance = "chance: {shuffled-tokens: {times: 3, seed: 5}}";
        RunResult result = run("""
                  both: {head-scores: IND, model: both, %1$s}
                  zero: {head-scores: IND, model: zero, %1$s}
                  one: {head-scores: IND, model: one, %1$s}
                claims:
                  - {say: chance of each, that: {chance: both}, above: 0}
                  - {say: chance of all, that: {chance: both}, above: 0, in-at-least: 1 of seed}
                """.formatted(chance));
        double[] zero = band(result, "zero").draws();
        double[] one = band(result, "one").draws();
        assertThat(zero[0]).isNotCloseTo(one[0], within(1e-6));
        assertThat(band(result, "both").draws())
                .containsExactly(DoubleStream.concat(DoubleStream.of(zero), DoubleStream.of(one))
                        .toArray());
        assertThat(band(result, "both").method()).contains("in each of 2 models");
        assertThat(result.claims().get(0).parts())
                .extracting(part -> part.observed())
                .containsExactly(
                        band(result, "zero").edge(), band(result, "one").edge());
    }

    @Test
    void untrainedModelsOfOneArchitectureAreTheSameForAllSeeds() {
        RunResult result = run("""
                  both: {head-scores: IND, model: both, chance: {untrained: {instances: 2, seed: 3}}}
                  beside: {evaluate: default, model: [zero, one], chance: {untrained: {instances: 2, seed: 3}}}
                """);
        assertThat(band(result, "both").draws()).hasSize(2);
        assertThat(band(result, "both").method()).doesNotContain("in each of");
        assertThat(band(result, "beside").draws()).hasSize(2);
    }

    @Test
    void unlessEachModelChoosesWhatIsMeasured() {
        RunResult result = run("""
                  scores: {head-scores: IND, model: both}
                  without:
                    apply: {ablate: attn.z, heads-from: {by: scores, best: 1}, with: zero}
                    read: loss
                    model: both
                    chance: {untrained: {instances: 2, seed: 3}}
                """);
        assertThat(band(result, "without").draws()).hasSize(4);
    }
}
