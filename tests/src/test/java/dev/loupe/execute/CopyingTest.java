package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The top-k copying score against its formula, worked out in Java from the weights file. */
class CopyingTest {
    private static final Path WEIGHTS = Specs.HOME.resolve("models/induction-2l/weights/0-4e4a64e2452f.safetensors");

    @TempDir
    Path folder;

    @Test
    void topKIsOfTheOvCircuitAloneWithoutTheUnembeddingsBias() throws IOException {
        NamedArray found;
        String yaml = """
                loupe: 1
                model: induction-2l
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}
                measure: {copy: {copying: top-k}}
                """;
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            found = Laboratory.numbers(lab.result(), "copy");
        }
        SafetensorsFile file = SafetensorsFile.open(WEIGHTS);
        float[] embed = file.tensor("embed.W_E").floats();
        float[] unembed = file.tensor("unembed.W_U").floats();
        for (int layer = 0; layer < 2; layer++) {
            float[] value = file.tensor("blocks." + layer + ".attn.W_V").floats();
            float[] output = file.tensor("blocks." + layer + ".attn.W_O").floats();
            for (int head = 0; head < 4; head++) {
                double[] into = product(wide(embed), 32, 64, value, head * 64 * 16, 16);
                double[] out = product(into, 32, 16, output, head * 16 * 64, 64);
                double[] logits = product(out, 32, 64, unembed, 0, 32);
                double score = found.at("layer", layer).at("head", head).value();
                assertThat(score).as("L%dH%d", layer, head).isEqualTo(topFive(logits), within(1e-9));
            }
        }
    }

    private static double topFive(double[] logits) {
        int hits = 0;
        for (int t = 0; t < 32; t++) {
            int above = 0;
            for (int o = 0; o < 32; o++) {
                above += logits[t * 32 + o] > logits[t * 32 + t] ? 1 : 0;
            }
            hits += above < 5 ? 1 : 0;
        }
        return hits / 32.0;
    }

    private static double[] wide(float[] a) {
        double[] wide = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            wide[i] = a[i];
        }
        return wide;
    }

    /** A [n, m] times the matrix [m, k] that begins at a place of B. */
    private static double[] product(double[] a, int n, int m, float[] b, int bFrom, int k) {
        double[] out = new double[n * k];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < k; j++) {
                for (int l = 0; l < m; l++) {
                    out[i * k + j] += a[i * m + l] * b[bFrom + l * k + j];
                }
            }
        }
        return out;
    }
}
