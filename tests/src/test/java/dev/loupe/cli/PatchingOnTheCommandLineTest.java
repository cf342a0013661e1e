package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.Specs;
import dev.loupe.tensors.SafetensorsFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code loupe run patching.yaml}: one spec per fixture, pairs from its file, results stored under the fixture's names. */
class PatchingOnTheCommandLineTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private ExitCode run(String... words) {
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        Session session = new Session(terminal, Progress.silent(), new StopSignal(), Map.of());
        return new Main(session, Commands.all()).run(List.of(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa"})
    void runsEveryPatchingFunctionOfAFixture(String model) throws IOException {
        String spec = PARITY.resolve(model).resolve("patching.yaml").toString();
        assertThat(run("run", spec, "--device", "cpu", "--out", folder.toString()))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        SafetensorsFile ours = SafetensorsFile.open(results());
        SafetensorsFile theirs = SafetensorsFile.open(PARITY.resolve(model).resolve("analyses.safetensors"));
        List<String> names =
                theirs.names().stream().filter(n -> n.startsWith("patch/")).toList();
        assertThat(names).hasSize(18);
        for (String name : names) {
            float[] expected = theirs.tensor(name).floats();
            float[] got = ours.tensor(name).floats();
            assertThat(ours.tensor(name).shape())
                    .as(name)
                    .containsExactly(theirs.tensor(name).shape());
            assertThat(got).as(name).containsExactly(expected, within(1e-4f));
        }
    }

    private Path results() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.endsWith("results.safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
