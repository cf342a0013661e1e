package dev.loupe.cli;

import dev.loupe.cli.option.ByteSize;
import dev.loupe.cli.option.Home;
import dev.loupe.cli.option.PrecisionOption;
import dev.loupe.cli.option.SpecOptions;
import dev.loupe.cli.option.ThreadsOption;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Failure;
import dev.loupe.cli.terminal.PrefixedProgress;
import dev.loupe.cli.terminal.RunScreen;
import dev.loupe.cli.terminal.Session;
import dev.loupe.execute.ExperimentRun;
import dev.loupe.execute.keep.KeptValues;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.forward.Precision;
import dev.loupe.progress.Progress;
import dev.loupe.report.ReportPage;
import dev.loupe.resolve.SpecFile;
import dev.loupe.result.RunResult;
import dev.loupe.result.Tally;
import dev.loupe.result.Verdict;
import dev.loupe.text.Amount;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe run FILE...}: runs, prints the answer, writes the report. */
@Command(name = "run", description = "Run specs, print the answers and write the reports.")
final class RunCommand implements Callable<ExitCode> {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Specs.")
    private List<Path> files = List.of();

    @Mixin
    private SpecOptions options = new SpecOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of runs. Default: runs in the current folder.")
    private Path out = Path.of("runs");

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "The device: auto, cpu " + "or gpu.")
    private String device = "auto";

    @Mixin
    private PrecisionOption dtype = new PrecisionOption();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--fresh", description = "Run again even if the same run is already finished.")
    private boolean fresh;

    @Option(
            names = "--keep",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "512MB",
            description =
                    "Disk space for intermediate values that are kept with a finished run, such as 2GB, so that a "
                            + "changed spec computes only what is new; 0 keeps none. Default: ${DEFAULT-VALUE}.")
    private long keep;

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        dtype.precision();
        threads.use();
        for (Path file : files) {
            long same = files.stream()
                    .filter(other -> name(other).equals(name(file)))
                    .count();
            if (same > 1) {
                throw new UserInputException(same + " specs would be written to " + out.resolve(name(file))
                        + ": run them separately, with --out");
            }
        }
        return files.size() == 1 ? one(files.get(0)) : many();
    }

    private ExitCode one(Path file) throws IOException {
        SpecFile.Checked checked = check(file);
        makeOut();
        return exit(run(file, checked, session.progress()));
    }

    /** All specs are checked before the first one runs; those that are sound run although others are not. */
    private ExitCode many() {
        SpecErrors errors = new SpecErrors(session, options);
        ManySpecs closing = new ManySpecs(files);
        Map<Path, SpecFile.Checked> sound = new LinkedHashMap<>();
        for (Path file : files) {
            long began = System.nanoTime();
            Failure failure = errors.of(file, () -> sound.put(file, check(file)));
            if (failure != null) {
                closing.add(new ManySpecs.Line(file, failure.exit(), "was not run", since(began), ""));
            }
        }
        if (!sound.isEmpty()) {
            makeOut();
        }
        int number = 0;
        for (Map.Entry<Path, SpecFile.Checked> spec : sound.entrySet()) {
            Path file = spec.getKey();
            long began = System.nanoTime();
            number++;
            screen().heading(number, sound.size(), file);
            session.terminal().out().flush();
            Progress progress = new PrefixedProgress(session.progress(), number + " of " + sound.size() + ": ");
            List<RunResult> done = new ArrayList<>();
            Failure failure = errors.of(file, () -> done.add(run(file, spec.getValue(), progress)));
            closing.add(
                    failure == null
                            ? new ManySpecs.Line(
                                    file,
                                    exit(done.get(0)),
                                    verdicts(done.get(0)),
                                    since(began),
                                    page(file).toString())
                            : new ManySpecs.Line(file, failure.exit(), "stopped with an error", since(began), ""));
        }
        closing.print(session.terminal().out());
        return closing.exit();
    }

    /** Checks a spec, and downloads models that are not here yet. */
    private SpecFile.Checked check(Path file) throws IOException {
        session.progress().stage(VisibleText.line(file.toString()) + ": checking", 0);
        SpecFile.Checked checked = new Downloads(session).check(options.spec(file, session));
        session.progress().done();
        return checked;
    }

    private static ExitCode exit(RunResult result) {
        return ExitCode.of(result.verdict());
    }

    private static String verdicts(RunResult result) {
        Tally tally = Tally.ofClaims(result.claims());
        List<String> parts = new ArrayList<>();
        part(parts, tally.holds(), Verdict.HOLDS);
        part(parts, tally.undecided(), Verdict.UNDECIDED);
        part(parts, tally.refuted(), Verdict.REFUTED);
        return parts.isEmpty() ? "no claims" : String.join(", ", parts);
    }

    private static void part(List<String> parts, int count, Verdict verdict) {
        if (count > 0) {
            parts.add(count + " " + verdict);
        }
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Before anything is computed that could then not be stored. */
    private void makeOut() {
        for (Path part = out.toAbsolutePath(); part != null; part = part.getParent()) {
            if (Files.exists(part) && !Files.isDirectory(part)) {
                throw new UserInputException("--out " + out + ": " + part + " is not a folder");
            }
        }
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new EnvironmentException("--out " + out + ": the folder cannot be made: " + Reason.of(e), e);
        }
        if (!Files.isWritable(out)) {
            throw new EnvironmentException("--out " + out + ": the folder cannot be written to");
        }
    }

    private RunResult run(Path file, SpecFile.Checked checked, Progress progress) throws IOException {
        @Nullable String variant = options.variant;
        RunRequest request = new RunRequest(
                out.resolve(name(file)),
                Home.cache(session.environment()),
                device,
                dtype.precision(),
                fresh,
                Commit.of(Home.folder()),
                rerun(file),
                keep);
        sayWhatIsKept(KeptValues.bytes(checked.whole().plan()));
        ExperimentRun.Outcome outcome =
                new ExperimentRun(checked, variant == null ? "" : variant, request, progress, session.stop()).run();
        new ReportPage().write(outcome.result(), page(file));
        screen().show(outcome.result(), outcome.reused(), page(file));
        return outcome.result();
    }

    private RunScreen screen() {
        return new RunScreen(session.terminal());
    }

    private Path page(Path file) {
        return out.resolve(name(file)).resolve(ReportPage.FILE);
    }

    private void sayWhatIsKept(long values) {
        if (keep > 0 && values > keep) {
            session.terminal()
                    .err()
                    .println("The intermediate values of these results take about " + Amount.of(values, "B")
                            + ", and " + Amount.of(keep, "B") + " of them are kept with the finished run; --keep "
                            + (values / 1_000_000_000 + 1) + "GB keeps all of them, so that a changed spec computes "
                            + "only what is new.");
        }
    }

    /** Of the folder that a run is written to. */
    private String name(Path file) {
        return options.runName(file);
    }

    private String rerun(Path file) {
        StringBuilder line = new StringBuilder("./loupe run ").append(relative(file));
        if (options.variant != null) {
            line.append(" --variant ").append(options.variant);
        }
        if (dtype.precision() != Precision.F32) {
            line.append(" --dtype ").append(dtype.precision());
        }
        line.append(threads.written());
        options.models.models.forEach(folder -> line.append(" --models ").append(folder));
        options.sets.forEach(set -> line.append(" --set '").append(set).append('\''));
        return line.toString();
    }

    private static Path relative(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.startsWith(Home.folder())) {
            return Home.folder().relativize(absolute);
        }
        return file.isAbsolute() ? file.getFileName() : file;
    }
}
