package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows the examples of planted neurons, and what they raise. */
class AlignVocabularyTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 6, seed: 3}
            dataset: {generator: planted-language, rows: 600, seed: 5}
            """;

    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    private static double at(RunResult result, String name, String neuron) {
        NamedArray numbers = Laboratory.numbers(result, name);
        return numbers.at("neuron", numbers.axis("neuron").labels().indexOf(neuron))
                .data()[0];
    }

    /** Where the planted trigram neuron fires its third token follows nearly always; the eraser's attribution ranks nothing. */
    @Test
    void aNeuronThatRaisesWhatFollowsAgreesAndAnEraserDoesNot() {
        RunResult result = run(SPEC + """
                measure:
                  a: {vocabulary-attribution: alignment, neurons: [L0N2, L0N8], examples: 8, sample: {count: 400, seed: 1}}
                """);
        assertThat(at(result, "a.own", "L0N2")).isGreaterThan(.9);
        assertThat(at(result, "a.p", "L0N2")).isEqualTo(1.0 / 16);
        // All others write the same into every token that follows, but one raises an ending.
        assertThat(at(result, "a.others", "L0N2")).isEqualTo(.5, within(.01));
        assertThat(at(result, "a.alignment", "L0N2"))
                .isEqualTo(at(result, "a.own", "L0N2") - at(result, "a.others", "L0N2"), within(1e-9));
        assertThat(at(result, "a.own", "L0N8")).isEqualTo(.5, within(1e-9));
    }
}
