package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A label that every position has says nothing of neurons, and a run says so; so does a neuron that never fires. */
class LabelsWithoutMeaningTest {
    private static final String NEVER = "`register.a` never counts: of the 1200 sampled positions 1200 have it";
    private static final String NO_RULE = "`register.a` is in no rule: of the ";

    @TempDir
    Path folder;

    private static Quantity quantity(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(artifact ->
                        artifact instanceof Quantity quantity && quantity.name().equals(name))
                .map(Quantity.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private RunResult run(Path place) {
        try (Laboratory lab = new Laboratory(place, """
                loupe: 1
                model: {plant: neurons, decoys: 4, seed: 3}
                dataset: {generator: planted-language, registers: [a], rows: 60, seed: 5}
                measure:
                  both: {purity: mlp.post, neurons: [L0N3], labels: [register.a, mid-word], sample: &few {count: 1200, seed: 1}, seed: 2}
                  one: {purity: mlp.post, neurons: [L0N3], labels: [register.a], sample: *few, seed: 2}
                  rule: {neuron-rule: mlp.post, neurons: [L0N3], labels: [register.a], draws: 2, sample: *few, seed: 2}
                  shown: {neuron-rule: mlp.post, neurons: [L0N3], labels: [register.a], show: rules, sample: *few, seed: 2}
                  below: {neuron-rule: mlp.post, neurons: [L0N3], side: smaller, draws: 2, sample: *few, seed: 2}
                """)) {
            return lab.result();
        }
    }

    @Test
    void isSaidOfTheNumbersThatLackIt() {
        RunResult result = run(folder);
        assertThat(result.extra().get(RunResult.NOTICE + "both")).startsWith(NEVER);
        assertThat(quantity(result, "both.labels").whyUndefined()).isEmpty();
        assertThat(quantity(result, "both.labels").doc()).contains(NEVER);

        assertThat(quantity(result, "one.labels").estimate().data()).containsOnly(Double.NaN);
        assertThat(quantity(result, "one.labels").whyUndefined()).startsWith("undefined: " + NEVER);
        assertThat(quantity(result, "one.rule").whyUndefined()).isEmpty();

        assertThat(result.extra().get(RunResult.NOTICE + "rule")).startsWith(NO_RULE);
        assertThat(result.extra().get(RunResult.NOTICE + "shown")).startsWith(NO_RULE);

        assertThat(quantity(result, "below.f1").whyUndefined())
                .isEqualTo(
                        "undefined: L0N3: reaches less than a tenth as far on the other side of 0 on the documents that "
                                + "make its rule");
    }
}
