package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activations at examples as numbers. */
class ExampleValuesTest {
    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    @Test
    void theLargestComeFirstAndWhatIsMissingIsUndefined() {
        RunResult result = run("""
                loupe: 1
                model: {plant: scale-hub, vocabulary: 16, seed: 2}
                dataset: {generator: tokens, ids: [[3, 4, 5, 7], [3, 8, 4, 9], [3, 4, 5, 7], [6, 5, 5, 5]]}
                measure:
                  values: {max-activating: mlp.post, neurons: [L0N4, L0N5], examples: 4, show: values, sample: {count: 40, seed: 1}}
                """);
        NamedArray values = Laboratory.numbers(result, "values");
        assertThat(values.axis("neuron").labels()).containsExactly("L0N4", "L0N5");
        assertThat(values.axis("example").size()).isEqualTo(4);
        // Row 2 is row 0 again.
        assertThat(values.data()).containsExactly(1, 1, 0, Double.NaN, 1, 1, 0, Double.NaN);
    }
}
