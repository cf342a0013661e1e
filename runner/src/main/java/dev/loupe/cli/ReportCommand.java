package dev.loupe.cli;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.UserInputException;
import dev.loupe.report.ReportPage;
import dev.loupe.result.RunResult;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe report RUN}: the page again, from stored results alone. */
@Command(name = "report", description = "Regenerate the report of a finished run from its stored results.")
public final class ReportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a finished run, which contains results.json.")
    private @Nullable Path run;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write. Default: report.html in RUN.")
    private @Nullable Path out;

    private final Session session;

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (run == null) {
            throw new UserInputException("name the folder of a finished run");
        }
        RunResult result = FinishedRun.read(run);
        Path page = out == null ? FinishedRun.folder(run).resolve(ReportPage.FILE) : out;
        new ReportPage().write(result, page);
        session.terminal().out().println(VisibleText.line(page.toString()));
        return ExitCode.of(result.verdict()).code();
    }
}
