package dev.loupe.cli.run;

import dev.loupe.cli.option.RunOptions;
import dev.loupe.cli.option.SpecFiles;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Failure;
import dev.loupe.cli.terminal.PrefixedProgress;
import dev.loupe.cli.terminal.RunScreen;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.UserInputException;
import dev.loupe.progress.Progress;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.NotDownloaded;
import dev.loupe.result.RunResult;
import dev.loupe.result.Tally;
import dev.loupe.result.Verdict;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loupe run FILE...}: runs, prints the answer, writes the report. */
@Command(name = "run", description = "Run specs, print the answers and write the reports.")
public final class RunCommand implements Callable<ExitCode> {
    private final Session session;

    @Mixin
    private SpecFiles specs = new SpecFiles();

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--fresh", description = "Run again even if the same run is already finished.")
    private boolean fresh;

    @Option(
            names = "--skip-missing",
            description = "Download nothing, and skip specs whose models are not on this disk; the table at the end "
                    + "lists them.")
    private boolean skipMissing;

    public RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        SpecRun spec = new SpecRun(session, options, fresh);
        spec.settle();
        List<Path> files = specs.all();
        for (Path file : files) {
            long same = files.stream()
                    .filter(other -> spec.folder(other).equals(spec.folder(file)))
                    .count();
            if (same > 1) {
                throw new UserInputException(
                        same + " specs would be written to " + spec.folder(file) + ": run them separately, with --out");
            }
        }
        return files.size() == 1 && !skipMissing ? one(spec, files.get(0)) : many(spec, files);
    }

    private ExitCode one(SpecRun spec, Path file) throws IOException {
        SpecFile.Checked checked = spec.check(file);
        spec.makeOut();
        return exit(spec.run(file, checked, session.progress()));
    }

    /** All specs are checked before the first one runs; those that are sound run although others are not. */
    private ExitCode many(SpecRun spec, List<Path> files) {
        long start = System.nanoTime();
        SpecErrors errors = new SpecErrors(session, options.spec);
        ManySpecs closing = new ManySpecs(files);
        Map<Path, SpecFile.Checked> sound = new LinkedHashMap<>();
        for (Path file : files) {
            long began = System.nanoTime();
            List<String> missing = new ArrayList<>();
            Failure failure = errors.of(file, () -> check(spec, file, sound, missing));
            if (failure != null) {
                closing.add(new ManySpecs.Line(file, failure.exit(), "was not run", since(began), ""));
            } else if (!missing.isEmpty()) {
                String why = "skipped: " + String.join(", ", missing) + " is missing";
                closing.add(new ManySpecs.Line(file, ExitCode.CLAIMS_HOLD, why, since(began), ""));
            }
        }
        if (!sound.isEmpty()) {
            spec.makeOut();
        }
        int number = 0;
        for (Map.Entry<Path, SpecFile.Checked> each : sound.entrySet()) {
            Path file = each.getKey();
            long began = System.nanoTime();
            number++;
            new RunScreen(session.terminal()).heading(number, sound.size(), file);
            session.terminal().out().flush();
            Progress progress = new PrefixedProgress(session.progress(), number + " of " + sound.size() + ": ");
            List<RunResult> done = new ArrayList<>();
            Failure failure = errors.of(file, () -> done.add(spec.run(file, each.getValue(), progress)));
            closing.add(
                    failure == null
                            ? new ManySpecs.Line(
                                    file,
                                    exit(done.get(0)),
                                    verdicts(done.get(0)),
                                    since(began),
                                    spec.page(file).toString())
                            : new ManySpecs.Line(file, failure.exit(), "stopped with an error", since(began), ""));
        }
        closing.print(session.terminal().out(), since(start));
        return closing.exit();
    }

    private void check(SpecRun spec, Path file, Map<Path, SpecFile.Checked> sound, List<String> missing)
            throws IOException {
        if (!skipMissing) {
            sound.put(file, spec.check(file));
            return;
        }
        try {
            SpecFile.Checked checked = spec.checkHere(file);
            checked.experiment().absent().forEach(choice -> missing.add(choice.label()));
            if (missing.isEmpty()) {
                sound.put(file, checked);
            }
        } catch (NotDownloaded e) {
            session.progress().done();
            missing.add(e.label());
        } catch (SpecException e) {
            missing.addAll(AbsentModels.of(e));
            if (missing.isEmpty()) {
                throw e;
            }
            session.progress().done();
        }
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
}
