package dev.loupe.cli.run;

import dev.loupe.cli.option.Home;
import dev.loupe.cli.option.RunOptions;
import dev.loupe.cli.terminal.RunScreen;
import dev.loupe.cli.terminal.Session;
import dev.loupe.execute.ExperimentRun;
import dev.loupe.execute.RunSize;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.execute.shards.Cluster;
import dev.loupe.execute.shards.TrainingElsewhere;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.forward.Precision;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.progress.Progress;
import dev.loupe.report.ReportPage;
import dev.loupe.resolve.FewerRows;
import dev.loupe.resolve.SpecFile;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.text.Amount;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A spec from its file to the answer on the terminal and the page in its folder. */
final class SpecRun {
    private final Session session;
    private final RunOptions options;
    private final boolean fresh;
    private @Nullable Path shared;

    /** @param fresh whether a finished run of the same spec is made again */
    SpecRun(Session session, RunOptions options, boolean fresh) {
        this.session = session;
        this.options = options;
        this.fresh = fresh;
    }

    /** Runs from now on keep their values in one folder, so that each reads what others made. */
    void share(Path folder) {
        shared = folder;
    }

    /** Options that a wrong value was given are told before anything else happens. */
    void settle() {
        options.dtype.precision();
        options.threads.use();
    }

    /** Checks a spec, and downloads models that are not here yet. */
    SpecFile.Checked check(Path file) throws IOException {
        return checked(file, spec -> new Downloads(session).check(spec));
    }

    /** Checks a spec with the models that are here. */
    SpecFile.Checked checkHere(Path file) throws IOException {
        return checked(file, SpecFile::check);
    }

    private interface Check {
        SpecFile.Checked of(SpecFile spec) throws IOException;
    }

    private SpecFile.Checked checked(Path file, Check check) throws IOException {
        session.progress().stage(VisibleText.line(file.toString()) + ": checking", 0);
        SpecFile spec = options.spec.spec(file, session);
        limit(spec, check);
        SpecFile.Checked checked = check.of(spec);
        session.progress().done();
        return checked;
    }

    /** Stops a run that is too large before its rows are drawn, which may be more than the memory takes. */
    private void limit(SpecFile spec, Check check) throws IOException {
        FewerRows fewer = spec.fewerRows();
        if (fewer == null) {
            return;
        }
        ExecutionPlan plan;
        try {
            plan = PlanOptimizer.optimize(check.of(fewer.spec()).whole().plan()).plan();
        } catch (SpecException e) {
            // What is wrong is told of the whole spec.
            return;
        }
        RunSize.of(plan, fewer::times).check(options.mostRuns);
    }

    /** Before anything is computed that could then not be stored. */
    void makeOut() {
        Path out = options.out;
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

    RunResult run(Path file, SpecFile.Checked checked, Progress progress) throws IOException {
        String variant = options.spec.variant == null ? "" : options.spec.variant;
        RunRequest request = new RunRequest(
                folder(file),
                Home.cache(session.environment()),
                options.device,
                options.dtype.precision(),
                fresh,
                Commit.of(Home.folder()),
                rerun(file),
                options.keep,
                shared);
        ExecutionPlan plan = PlanOptimizer.optimize(checked.whole().plan()).plan();
        RunSize size = RunSize.of(plan);
        size.check(options.mostRuns, Runtime.getRuntime().maxMemory());
        sayWhatIsKept(size.bytes());
        ExperimentRun.Outcome outcome = outcome(file, checked, plan, variant, request, progress);
        new ReportPage().write(outcome.result(), page(file));
        new RunScreen(session.terminal()).show(outcome.result(), outcome.reused(), page(file));
        if (options.open) {
            new Browser(session).open(page(file));
        }
        return outcome.result();
    }

    private ExperimentRun.Outcome outcome(
            Path file,
            SpecFile.Checked checked,
            ExecutionPlan plan,
            String variant,
            RunRequest request,
            Progress progress)
            throws IOException {
        if (!options.on.given()) {
            return new ExperimentRun(checked, variant, request, progress, session.stop()).run();
        }
        progress.stage("connecting to the cluster", 0);
        try (Cluster cluster = options.on.open(
                options.spec.runName(file),
                plan,
                checked.experiment().rows()::of,
                TrainingElsewhere.memory(checked.experiment(), request.cache()))) {
            return new ExperimentRun(checked, variant, request, progress, session.stop(), cluster).run();
        }
    }

    /** The folder that a run of the spec is written to. */
    Path folder(Path file) {
        return options.out.resolve(options.spec.runName(file));
    }

    Path page(Path file) {
        return folder(file).resolve(ReportPage.FILE);
    }

    private void sayWhatIsKept(long values) {
        long keep = options.keep;
        if (keep > 0 && values > keep) {
            session.terminal()
                    .err()
                    .println("The intermediate values of these results take about " + Amount.of(values, "B")
                            + ", and " + Amount.of(keep, "B") + " of them are kept with the finished run; --keep "
                            + (values / 1_000_000_000 + 1) + "GB keeps all of them, so that a changed spec computes "
                            + "only what is new.");
        }
    }

    private String rerun(Path file) {
        StringBuilder line = new StringBuilder("./loupe run ").append(relative(file));
        if (options.spec.variant != null) {
            line.append(" --variant ").append(options.spec.variant);
        }
        if (options.dtype.precision() != Precision.F32) {
            line.append(" --dtype ").append(options.dtype.precision());
        }
        line.append(options.threads.written());
        options.spec.models.models.forEach(folder -> line.append(" --models ").append(folder));
        options.spec.sets.forEach(set -> line.append(" --set '").append(set).append('\''));
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
