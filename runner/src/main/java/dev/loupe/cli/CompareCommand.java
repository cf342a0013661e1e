package dev.loupe.cli;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.UserInputException;
import dev.loupe.report.ComparisonPage;
import dev.loupe.report.compare.ComparedRun;
import dev.loupe.report.compare.RunComparison;
import dev.loupe.report.compare.SpecDifferences;
import dev.loupe.result.RunResult;
import dev.loupe.result.store.Resamples;
import dev.loupe.tensors.TensorFileException;
import dev.loupe.text.Count;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe compare RUN RUN...}: where specs differ, then results side by side. */
@Command(
        name = "compare",
        description =
                "Compare two or more finished runs: first the differences of their specs, then their results side by "
                        + "side. Each later run is compared with the first one. Where both read the same rows, the "
                        + "intervals of differences are paired.")
public final class CompareCommand implements Callable<Integer> {
    /** So many differences of specs are also printed. */
    private static final int PRINTED = 20;

    @Parameters(
            index = "0",
            arity = "2..*",
            paramLabel = "RUN",
            description = "Folders of finished runs, each of which contains results.json.")
    private List<Path> folders = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The page to write; a table of all numbers is written beside it, with the ending .csv. Default: "
                            + ComparisonPage.FILE + " in the current folder.")
    private Path out = Path.of(ComparisonPage.FILE);

    private final Session session;

    CompareCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        RunComparison comparison = RunComparison.of(runs());
        new ComparisonPage().write(comparison, out);
        PrintStream print = session.terminal().out();
        List<SpecDifferences.Row> spec = comparison.spec();
        print.println("The specs differ in " + Count.of(spec.size(), "path") + ".");
        spec.stream()
                .limit(PRINTED)
                .forEach(row -> print.println(VisibleText.line("  " + row.path() + ": "
                        + String.join(
                                " | ",
                                row.values().stream()
                                        .map(value -> value.equals(SpecDifferences.ABSENT) ? "not there" : value)
                                        .toList()))));
        if (spec.size() > PRINTED) {
            print.println("  and " + Count.of(spec.size() - PRINTED, "more path") + ", which the page shows");
        }
        print.println(comparison.expected());
        print.println(VisibleText.line(out.toString()));
        print.println(VisibleText.line(ComparisonPage.table(out).toString()));
        return ExitCode.CLAIMS_HOLD.code();
    }

    private List<ComparedRun> runs() throws IOException {
        List<RunResult> results = new ArrayList<>();
        for (Path folder : folders) {
            results.add(FinishedRun.read(folder));
        }
        List<String> labels = labels();
        List<ComparedRun> runs = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            RunResult result = results.get(i);
            Path folder = FinishedRun.folder(folders.get(i));
            runs.add(new ComparedRun(labels.get(i), result, resamples(folder, result)));
        }
        return runs;
    }

    private static Resamples resamples(Path folder, RunResult result) {
        try {
            return Resamples.read(folder, result.provenance().identity());
        } catch (TensorFileException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The names of the folders, with as much of the way to them as tells them apart. */
    private List<String> labels() {
        List<Path> whole = folders.stream()
                .map(folder -> FinishedRun.folder(folder).toAbsolutePath().normalize())
                .toList();
        if (whole.stream().distinct().count() < whole.size()) {
            throw new UserInputException("a run is named twice, and has no difference from itself");
        }
        for (int names = 1; ; names++) {
            int most = names;
            List<String> labels = whole.stream()
                    .map(path -> path.subpath(Math.max(0, path.getNameCount() - most), path.getNameCount())
                            .toString())
                    .toList();
            if (labels.stream().distinct().count() == labels.size()) {
                return labels;
            }
        }
    }
}
