package dev.loupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.failure.UserInputException;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityBenchTest {
    private static final Path FIXTURES = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity");

    @TempDir
    Path folder;

    @Test
    void everyFamilyIsWithinToleranceInEveryGroup() throws IOException {
        try (NDManager manager = Backend.cpu()) {
            List<ParityBench.Row> rows = new ParityBench(FIXTURES).run(manager);
            assertThat(rows).extracting(ParityBench.Row::family).contains("gpt2", "gpt-neox", "llama-gqa", "tl-solu");
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.hooks()).isGreaterThan(10);
                assertThat(row.worst()).hasSize(4);
                assertThat(row.worst().values()).allMatch(worst -> worst < 5e-5 && worst > 0);
            });
        }
    }

    /** A program that finds no difference must be able to find one. */
    @Test
    void aChangedNumberIsFoundInItsGroup() throws IOException {
        Path model = Files.createDirectories(folder.resolve("gpt2"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(FIXTURES.resolve("gpt2").resolve(name), model.resolve(name));
        }
        SafetensorsFile expected = SafetensorsFile.open(FIXTURES.resolve("gpt2/expected.safetensors"));
        SafetensorsWriter out = new SafetensorsWriter();
        for (String name : expected.names()) {
            if (name.equals("tokens")) {
                out.longs(name, expected.shape(name), expected.tensor(name).longs());
            } else {
                float[] values = expected.floats(name);
                if (name.equals("raw/blocks.1.attn.hook_pattern")) {
                    values[5] += 0.25f;
                }
                out.floats(name, expected.shape(name), values);
            }
        }
        out.write(model.resolve("expected.safetensors"));
        try (NDManager manager = Backend.cpu()) {
            List<ParityBench.Row> rows = new ParityBench(folder).run(manager);
            assertThat(rows.get(0).worst().get(ParityBench.Group.PATTERNS)).isBetween(0.2499, 0.2501);
            assertThat(rows.get(0).worst().get(ParityBench.Group.LOGITS)).isLessThan(5e-5);
            assertThat(rows.get(1).worst().get(ParityBench.Group.PATTERNS)).isLessThan(5e-5);
            assertThatThrownBy(() -> new ParityBench(folder.resolve("gpt2")).run(manager))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("has no folders with a model");
        }
    }
}
