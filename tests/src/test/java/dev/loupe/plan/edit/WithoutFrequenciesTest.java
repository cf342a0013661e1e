package dev.loupe.plan.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.edit.EmbeddingValues;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Transformer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WithoutFrequenciesTest {
    private static final Path LLAMA =
            Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/llama-gqa");

    /** The modulus 3 has one frequency: without it, a number has the mean embedding of all three; token 5 is no number. */
    @Test
    void withoutTheOnlyFrequencyEveryNumberHasTheMean() {
        ModelFolder folder = ModelFolder.open(LLAMA);
        float[] table = folder.weights().read("embed.W_E");
        int width = folder.config().dModel();
        TokenRows rows = new TokenRows(new int[][] {{1, 5, 0}}, new int[0][], Map.of(), Map.of(), Map.of());
        try (NDManager manager = Backend.cpu();
                Transformer model = folder.load(Set.of(), manager)) {
            float[] out = new EmbeddingValues(model)
                    .frequencies(new WithoutFrequencies(List.of(1), 3), rows, manager)
                    .toFloatArray();
            assertThat(out).hasSize(3 * width);
            for (int d = 0; d < width; d++) {
                double mean = (table[d] + table[width + d] + table[2 * width + d]) / 3.0;
                assertThat((double) out[d]).isEqualTo(mean, within(1e-6));
                assertThat(out[width + d]).isEqualTo(table[5 * width + d]);
                assertThat((double) out[2 * width + d]).isEqualTo(mean, within(1e-6));
            }
        }
    }

    @Test
    void itDependsOnItsOwnPositionAlone() {
        assertThat(new WithoutFrequencies(List.of(1), 3).local()).isTrue();
        assertThat(new WithoutFrequencies(List.of(1), 3).inputs()).isEmpty();
    }
}
