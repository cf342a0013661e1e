package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.execute.keep.SharedFolder;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs that write to one folder would remove each other's finished shards. */
class TwoRunsTest {
    @TempDir
    Path folder;

    @Test
    void theSecondIsRefusedWhileTheFirstIsUnderWay() throws IOException {
        String spec = Files.writeString(folder.resolve("spec.yaml"), """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: random-tokens, length: 12, rows: 4, seed: 3, ids: 1..9}
                metric: loss
                measure: {m: {evaluate: default, interval: {resamples: 100}}}
                """.formatted(
                                Specs.HOME.resolve("tests/src/test/resources/parity/gpt2")))
                .toString();
        String out = folder.resolve("runs").toString();
        try (SharedFolder first = SharedFolder.take(folder.resolve("runs/.spec.work"))) {
            assertThat(first).isNotNull();
            Spoken second = Spoken.of("run", spec, "--device", "cpu", "--out", out);
            assertThat(second.exit()).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
            assertThat(second.err()).contains("Another run writes to ", "runs/spec", "--out");
        }
        assertThat(Spoken.of("run", spec, "--device", "cpu", "--out", out).exit())
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(folder.resolve("runs/.spec.work.lock")).doesNotExist();
    }
}
