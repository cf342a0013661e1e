package dev.loupe.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.model.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlyWeightsTest {
    @TempDir
    Path folder;

    private void files(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(folder.resolve(name));
        }
    }

    @Test
    void oneFileOfWeightsMayHaveAnyName() throws IOException {
        files("grokked-59.pt", "config.json", "optimizer.pt", "rng_state_0.pth", "training_args.bin");
        assertThat(OnlyWeights.of(folder)).isEqualTo(folder.resolve("grokked-59.pt"));
    }

    @Test
    void ofSeveralNoneIsGuessed() throws IOException {
        files("a.pth", "b.safetensors");
        assertThatThrownBy(() -> OnlyWeights.of(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("a.pth, b.safetensors; call the right one model.safetensors");
    }

    @Test
    void whatATrainerWritesBesideAModelIsNoModel() throws IOException {
        files("optimizer.pt", "scheduler.pt", "config.json");
        assertThatThrownBy(() -> OnlyWeights.of(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("has no weights");
    }
}
