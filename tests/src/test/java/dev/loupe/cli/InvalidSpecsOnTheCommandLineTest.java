package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.Specs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec with problems ends every command that reads it with 2, and nothing is run. */
class InvalidSpecsOnTheCommandLineTest {
    private static final Path FOLDER = Specs.HOME.resolve("tests/src/test/resources/specs/invalid");

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

    @Test
    void validateReportsEveryProblemOfEveryFile() throws IOException {
        String several = FOLDER.resolve("several.yaml").toString();
        String axis = FOLDER.resolve("wrong-axis.yaml").toString();
        assertThat(run("validate", several, axis)).isEqualTo(ExitCode.INPUT_WRONG);
        List<String> expected = new ArrayList<>(Files.readAllLines(FOLDER.resolve("several.problems")));
        expected.addAll(Files.readAllLines(FOLDER.resolve("wrong-axis.problems")));
        assertThat(err.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains(" error[")))
                .hasSameSizeAs(expected)
                .allMatch(line -> line.matches(".*\\.yaml:\\d+:\\d+ error\\[[a-z-]+\\] .+"));
    }

    @Test
    void runAndExplainRefuseIt() {
        String several = FOLDER.resolve("several.yaml").toString();
        Path runs = folder.resolve("runs");
        assertThat(run("run", several, "--out", runs.toString())).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(run("explain", several)).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(run("run", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(runs).doesNotExist();
    }

    @Test
    void whatIsNoFolderToWriteToIsToldBeforeAnythingIsComputed() throws IOException {
        Path spec = Files.writeString(folder.resolve("a.yaml"), """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..7, length: 16, rows: 8, seed: 1}
                metric: loss
                """);
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("run", spec.toString(), "--out", file.resolve("x").toString()))
                .isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--out", file + " is not a folder");
        assertThat(run("rows", folder.toString())).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is a folder: name the specs in it");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(run("validate", empty.toString())).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no .yaml file in the folder " + empty);
    }

    @Test
    void validateSaysHowFarVariantsWereLookedAt() throws IOException {
        Path spec = Files.writeString(folder.resolve("b.yaml"), """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..7, length: 16, rows: 8, seed: 1}
                metric: loss
                variants: {short: {dataset: {rows: 2}}}
                """);
        assertThat(run("validate", spec.toString())).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ok; also checked the keys and values of variant short (");
        assertThat(run("validate", spec.toString(), "--variant", "short")).isEqualTo(ExitCode.CLAIMS_HOLD);
        Files.writeString(spec, Files.readString(spec).replace("rows: 2", "rowz: 2"));
        assertThat(run("validate", spec.toString())).isEqualTo(ExitCode.INPUT_WRONG);
    }
}
