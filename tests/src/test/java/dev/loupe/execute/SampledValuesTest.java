package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampledValuesTest {
    @TempDir
    Path folder;

    private Laboratory lab(String sample) {
        return new Laboratory(folder, """
                loupe: 1
                model: {plant: scale-hub, vocabulary: 16, seed: 2}
                dataset: {generator: tokens, ids: [[3, 4, 5, 7], [3, 8, 4, 9], [6, 5]]}
                measure:
                  values: {activation-histogram: mlp.post, neurons: [L0N4, L0N5], sample: %s}
                """.formatted(sample));
    }

    @Test
    void everyPositionIsThereInItsOrderAndWhatIsMissingIsUndefined() {
        try (Laboratory lab = lab("{count: 40, seed: 1, min-position: 0}")) {
            NamedArray values = Laboratory.numbers(lab.result(), "values");
            assertThat(values.axis("neuron").labels()).containsExactly("L0N4", "L0N5");
            int most = values.axis("position").size();
            double[] four = {0, 1, 0, 0, 0, 0, 1, 0, 0, 0};
            double[] five = {0, 0, 1, 0, 0, 0, 0, 0, 0, 1};
            double[] expected = new double[2 * most];
            Arrays.fill(expected, Double.NaN);
            System.arraycopy(four, 0, expected, 0, 10);
            System.arraycopy(five, 0, expected, most, 10);
            assertThat(values.data()).isEqualTo(expected);
        }
    }
}
