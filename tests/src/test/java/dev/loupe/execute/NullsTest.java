package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each null leaves of scores that planted heads have by construction. */
class NullsTest {
    @TempDir
    Path folder;

    private RunResult run(String chance) {
        String yaml = """
                loupe: 1
                model: {plant: heads, vocabulary: 32, context: 32}
                dataset: {generator: repeated-tokens, period: 4..10, length: 24, offset: random, bos: 31, rows: 64, seed: 3}
                measure: {s: {head-scores: [PREV, IND], chance: %s}}
                """.formatted(chance);
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return lab.result();
        }
    }

    private static double[] draws(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(a -> a instanceof Quantity q && q.name().equals(name))
                .map(a -> ((Quantity) a).chance())
                .map(NullBand::draws)
                .findFirst()
                .orElseThrow();
    }

    private static double largest(double[] draws) {
        return Arrays.stream(draws).max().orElseThrow();
    }

    @Test
    void patternsOfOtherRowsKeepWhatPositionAloneGivesAndNothingElse() {
        RunResult r = run("{other-rows: {times: 5, seed: 1}}");
        assertThat(draws(r, "s.IND")).hasSize(5);
        assertThat(largest(draws(r, "s.IND"))).isLessThan(0.35);
        // A previous-token head looks one back in every row.
        for (double draw : draws(r, "s.PREV")) {
            assertThat(draw).isEqualTo(1, within(0.01));
        }
        assertThat(Laboratory.numbers(r, "s.IND").at("layer", 1).at("head", 0).value())
                .isGreaterThan(0.99);
    }

    @Test
    void anUntrainedModelHasNoPlantedHeads() {
        RunResult r = run("{untrained: {instances: 3, seed: 1}}");
        assertThat(draws(r, "s.IND")).hasSize(3);
        assertThat(largest(draws(r, "s.IND"))).isLessThan(0.35);
        assertThat(largest(draws(r, "s.PREV"))).isLessThan(0.35);
    }

    @Test
    void anInductionHeadStillFindsCopiesAmongShuffledTokens() {
        RunResult r = run("{shuffled-tokens: {times: 3, seed: 1}}");
        assertThat(largest(draws(r, "s.IND"))).isGreaterThan(0.5);
    }

    @Test
    void aNullOfUneditedRunsIsRefusedForEdits() {
        String yaml = """
                loupe: 1
                model: {plant: heads, vocabulary: 32, context: 32}
                dataset: {generator: repeated-tokens, period: 4..10, length: 24, rows: 8, seed: 3}
                intervention: {ablate: attn.z, over: [layer, head]}
                metric: loss
                measure: {s: {apply: default, read: default, chance: {other-rows: {times: 5, seed: 1}}}}
                """;
        assertThatThrownBy(() -> new Laboratory(folder, yaml))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("other-rows");
    }
}
