package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenText;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for labels among planted neurons: each is the best for its own label, and its examples can be asked for. */
class PlantedSearchTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 200, seed: 3}
            dataset: {generator: planted-language, constructs: [words], splits: 1.0, switch-rate: 0, rows: 700, seed: 5}
            """;

    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    @Test
    void eachPlantedNeuronIsTheBestForItsOwnLabel() {
        RunResult result = run(SPEC + """
                metric: {fires: {activation: mlp.post, neurons-from: {by: find, best: 1, where: {label: mid-word}}, at: mid-word}}
                measure:
                  find: {label-search: [register.b, mid-word, piece-last.s1-e1], sample: {count: 44800, per-row: 64, seed: 1}, draws: 59, seed: 2}
                  shown: {max-activating: mlp.post, neurons-from: {by: find, best: 3}, examples: 1, sample: {count: 400, seed: 1}}
                  fires: {evaluate: fires}
                """);
        NamedArray neuron = Laboratory.numbers(result, "find.neuron");
        assertThat(neuron.axis("label").labels()).containsExactly("register.b", "mid-word", "piece-last.s1-e1");
        assertThat(neuron.data()).containsExactly(3, 5, 1);
        NamedArray auc = Laboratory.numbers(result, "find.auc");
        assertThat(auc.data()[0]).isGreaterThan(.75);
        assertThat(auc.data()[1]).isEqualTo(1, within(1e-9));
        assertThat(auc.data()[2]).isEqualTo(1, within(1e-9));
        assertThat(Laboratory.numbers(result, "find.found").data()).containsExactly(1, 1, 1);
        assertThat(Laboratory.numbers(result, "fires").data()).containsExactly(1);
        TokenText shown = (TokenText) result.artifacts().stream()
                .filter(TokenText.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(shown.passages().stream().map(p -> p.label().replaceAll(",.*", "")))
                .containsExactly("L0N3", "L0N5", "L0N1");
    }

    @Test
    void aLabelThatWasNotSearchedForIsToldBeforeTheRun() {
        assertThatThrownBy(() -> run(SPEC + """
                measure:
                  find: {label-search: [register.b], sample: {count: 400, seed: 1}, draws: 19, seed: 2}
                  shown: {max-activating: mlp.post, neurons-from: {by: find, best: 1, where: {label: register.a}}, sample: {count: 400, seed: 1}}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("axis `label` has no `register.a`");
    }
}
