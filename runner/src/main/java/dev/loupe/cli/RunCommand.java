package dev.loupe.cli;

import dev.loupe.execute.ExperimentRun;
import dev.loupe.execute.KeptValues;
import dev.loupe.execute.RunRequest;
import dev.loupe.explain.PlanText;
import dev.loupe.failure.SurroundingsException;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.Precision;
import dev.loupe.report.ReportPage;
import dev.loupe.resolve.SpecFile;
import dev.loupe.result.Artifact;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Tally;
import dev.loupe.result.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe run FILE...}: runs, prints the answer, writes the report. */
@Command(name = "run", description = "Run specs, print the answer, write the report.")
final class RunCommand implements Callable<ExitCode> {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Specs.")
    private List<Path> files = List.of();

    @Mixin
    private SpecOptions options = new SpecOptions();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of runs; default: runs in the current folder.")
    private Path out = Path.of("runs");

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto", description = "auto, cpu or gpu.")
    private String device = "auto";

    @Mixin
    private PrecisionOption dtype = new PrecisionOption();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--fresh", description = "Compute again, even when a finished run of the same identity is there.")
    private boolean fresh;

    @Option(
            names = "--keep",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            defaultValue = "512MB",
            description =
                    "How much of the values behind the results stays on disk beside a finished run, so that a changed"
                            + " spec computes only what is new: such as 2GB; 0 keeps none. Default: ${DEFAULT-VALUE}.")
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
                        + ": run them apart, with --out");
            }
        }
        // All specs are checked before the first one runs, and models that are not at hand are downloaded.
        List<SpecFile.Checked> checked = new ArrayList<>();
        Downloads downloads = new Downloads(session);
        for (Path file : files) {
            checked.add(downloads.check(options.spec(file, session)));
        }
        makeOut();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            verdicts.add(run(files.get(i), checked.get(i)));
        }
        return ExitCode.of(Tally.of(verdicts).verdict());
    }

    /** Before anything is computed that could then not be stored. */
    private void makeOut() {
        for (Path part = out.toAbsolutePath(); part != null; part = part.getParent()) {
            if (Files.exists(part) && !Files.isDirectory(part)) {
                throw new UserInputException("--out " + out + ": " + part + " is no folder");
            }
        }
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new SurroundingsException("--out " + out + ": the folder cannot be made: " + e.getMessage(), e);
        }
        if (!Files.isWritable(out)) {
            throw new SurroundingsException("--out " + out + ": the folder cannot be written to");
        }
    }

    private Verdict run(Path file, SpecFile.Checked checked) throws IOException {
        @Nullable String variant = options.variant;
        Path folder = out.resolve(name(file));
        RunRequest request = new RunRequest(
                folder,
                Home.cache(session.environment()),
                device,
                dtype.precision(),
                fresh,
                Commit.current(),
                rerun(file),
                keep);
        sayWhatIsKept(KeptValues.bytes(checked.whole().plan()));
        ExperimentRun.Outcome outcome = new ExperimentRun(
                        checked, variant == null ? "" : variant, request, session.progress(), session.stop())
                .run();
        Path page = folder.resolve(ReportPage.FILE);
        new ReportPage().write(outcome.result(), page);
        print(outcome, page);
        return outcome.result().verdict();
    }

    private void sayWhatIsKept(long values) {
        if (keep > 0 && values > keep) {
            session.terminal()
                    .err()
                    .println("The values behind these results take about " + PlanText.amount(values, "B")
                            + ", and " + PlanText.amount(keep, "B") + " of them stay beside the finished run; --keep "
                            + (values / 1_000_000_000 + 1) + "GB keeps all, for a spec that is changed and run again.");
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

    private void print(ExperimentRun.Outcome outcome, Path page) {
        PrintStream out = session.terminal().out();
        RunResult result = outcome.result();
        out.println();
        if (!result.question().isEmpty()) {
            out.println(result.question());
        }
        if (!result.answer().isEmpty()) {
            out.println(result.answer());
        }
        if (!result.question().isEmpty() || !result.answer().isEmpty()) {
            out.println();
        }
        for (Artifact artifact : result.artifacts()) {
            if (artifact instanceof Quantity quantity && quantity.estimate().undefined()) {
                out.println("  NOTE       " + quantity.name() + " is " + Quantity.UNDEFINED);
            }
        }
        result.extra().forEach((name, text) -> {
            if (name.startsWith(RunResult.NOTICE)) {
                out.println("  NOTE  " + name.substring(RunResult.NOTICE.length()) + ": " + text);
            }
        });
        for (ClaimResult claim : result.claims()) {
            out.println(ClaimLine.of(claim));
        }
        out.println();
        if (outcome.reused()) {
            out.println("A finished run of the same identity was there; --fresh computes it again.");
        }
        out.println("Report: " + page);
    }
}
