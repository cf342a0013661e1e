package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.failure.UserInputException;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.report.DemoRun;
import dev.loupe.result.store.ResultStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void everyNumberOfBothRunsIsOnThePageOrInTheTable() throws IOException {
        new ResultStore().write(folder.resolve("a"), DemoRun.full());
        new ResultStore().write(folder.resolve("b"), DemoRun.full());
        Path page = folder.resolve("pages/both.html");
        assertThat(execute(folder.resolve("a").toString(), folder.resolve("b").toString(), "--out", page.toString()))
                .isEqualTo(ExitCode.CLAIMS_HOLD.code());
        assertThat(out.toString()).contains("The specs differ in 0 paths", page.toString(), "both.csv");
        assertThat(page)
                .content()
                .contains("Comparison of runs", "Head scores", "All rows, weights and versions are the same");
        // Text of others stays text.
        assertThat(page).content().doesNotContain(DemoRun.HOSTILE);
        assertThat(Files.readAllLines(folder.resolve("pages/both.csv")).get(1))
                .startsWith("scores,\"score PREV, seed 0");
    }

    @Test
    void whatIsNoPairOfRunsIsTheUsersMistake() throws IOException {
        new ResultStore().write(folder.resolve("a"), DemoRun.full());
        String a = folder.resolve("a").toString();
        assertThatThrownBy(() -> execute(a, folder.resolve("b").toString()))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("there is no such run folder");
        assertThatThrownBy(() -> execute(a, a + "/results.json"))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("named twice");
        Files.writeString(folder.resolve("a/resamples.safetensors"), "no tensors");
        new ResultStore().write(folder.resolve("b"), DemoRun.full());
        assertThatThrownBy(() -> execute(a, folder.resolve("b").toString()))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("resamples.safetensors");
    }

    private int execute(String... arguments) throws IOException {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(print, print, new WatchedOutput(out), false, false, false, 100);
        CompareCommand command =
                new CompareCommand(new Session(terminal, Progress.silent(), new StopSignal(), Map.of()));
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }
}
