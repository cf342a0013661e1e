package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot fit on a cluster is refused before anything starts, by {@code explain} and by {@code run} alike. */
class OnOptionTest {
    private static final String OVERHEAD = "spark.executor.memoryOverhead";

    @TempDir
    Path folder;

    private Path spec() throws IOException {
        return Files.writeString(
                folder.resolve("spec.yaml"), """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: random-tokens, length: 12, rows: 40, seed: 3, ids: 1..9}
                intervention: {ablate: attn.z, over: [layer, head], with: zero}
                metric: loss
                measure: {m: {apply: default, read: default}}
                """.formatted(Specs.HOME.resolve("tests/src/test/resources/parity/gpt2")));
    }

    private String out() {
        return folder.resolve("runs").toString();
    }

    @Test
    void moreTasksThanThisMachineHasMemoryFor() throws IOException {
        String spec = spec().toString();
        assertThat(Spoken.of("explain", spec, "--on", "local[2]").exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
        for (String command : new String[] {"explain", "run"}) {
            Spoken spoken = Spoken.of(command, spec, "--out", out(), "--on", "local[10000000]");
            assertThat(spoken.exit()).as(command).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
            assertThat(spoken.err()).contains("with 10000000 tasks at once");
        }
        assertThat(folder.resolve("runs/spec")).doesNotExist();
    }

    @Test
    void executorsThatAreTooSmallAreRefusedWithoutAskingTheCluster() throws IOException {
        String before = System.getProperty(OVERHEAD);
        System.setProperty(OVERHEAD, "1m");
        try {
            Spoken spoken = Spoken.of("run", spec().toString(), "--out", out(), "--on", "spark://127.0.0.1:9");
            assertThat(spoken.exit()).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
            assertThat(spoken.err()).contains("with 1 task at once").contains("give it more, or fewer cores");
            assertThat(folder.resolve("runs/spec")).doesNotExist();
        } finally {
            if (before == null) {
                System.clearProperty(OVERHEAD);
            } else {
                System.setProperty(OVERHEAD, before);
            }
        }
    }
}
