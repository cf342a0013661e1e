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
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.Provenance;
import dev.loupe.result.RunResult;
import dev.loupe.result.Verdict;
import dev.loupe.result.store.ResultStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void makesThePageAgainFromTheFolderAlone() throws IOException {
        new ResultStore().write(folder, run(Verdict.HOLDS));
        assertThat(execute(folder.toString())).isEqualTo(ExitCode.CLAIMS_HOLD.code());
        Path page = folder.resolve("report.html");
        assertThat(out.toString().strip()).isEqualTo(page.toString());
        assertThat(page).content().contains("<h1", "Does it hold?");
    }

    @Test
    void theClaimsDecideTheExitCode() throws IOException {
        new ResultStore().write(folder, run(Verdict.UNDECIDED));
        assertThat(execute(
                        folder.toString(), "--out", folder.resolve("first.html").toString()))
                .isEqualTo(4);
        new ResultStore().write(folder, run(Verdict.REFUTED));
        Path elsewhere = folder.resolve("deep/page.html");
        assertThat(execute(folder.resolve("results.json").toString(), "--out", elsewhere.toString()))
                .isEqualTo(1);
        assertThat(elsewhere).exists();
        assertThat(folder.resolve("report.html")).doesNotExist();
    }

    @Test
    void aFolderWithoutARunIsTheUsersMistake() throws IOException {
        assertThatThrownBy(() -> execute(folder.toString()))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining(folder.toString());
        Files.writeString(folder.resolve("results.json"), "{}");
        assertThatThrownBy(() -> execute(folder.toString()))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("loupe_results");
    }

    private int execute(String... arguments) throws IOException {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(print, print, new WatchedOutput(out), false, false, false, 100);
        ReportCommand command = new ReportCommand(new Session(terminal, Progress.silent(), new StopSignal(), Map.of()));
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    private static RunResult run(Verdict verdict) {
        ClaimResult claim = new ClaimResult(
                "it holds",
                new Limits(0., null),
                "estimate",
                1,
                Double.NaN,
                List.of(new ClaimResult.Part("m", verdict, 1, Double.NaN, Double.NaN, null)),
                null);
        Provenance provenance = new Provenance(
                "i", Map.of(), Map.of(), List.of(), List.of(), Map.of(), "", "cpu", "float32", Map.of(), 0, "", "");
        return new RunResult(
                "1",
                "Title",
                "Does it hold?",
                "",
                "Yes.",
                List.of(claim),
                List.of(),
                provenance,
                "",
                List.of(),
                "",
                "",
                Map.of());
    }
}
