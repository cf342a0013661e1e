package dev.loupe.cli;

import dev.loupe.backend.Backend;
import dev.loupe.backend.MatrixRate;
import dev.loupe.cli.option.Home;
import dev.loupe.cli.option.OnOption;
import dev.loupe.cli.option.SpecFiles;
import dev.loupe.cli.option.SpecOptions;
import dev.loupe.cli.run.SpecErrors;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Failure;
import dev.loupe.cli.terminal.RunScreen;
import dev.loupe.cli.terminal.Session;
import dev.loupe.execute.Reuse;
import dev.loupe.execute.RunSize;
import dev.loupe.execute.TrainingAhead;
import dev.loupe.execute.shards.HeapNeed;
import dev.loupe.execute.shards.MemoryNeed;
import dev.loupe.execute.shards.ShardsAhead;
import dev.loupe.execute.shards.TrainingElsewhere;
import dev.loupe.explain.PlanDot;
import dev.loupe.explain.PlanJson;
import dev.loupe.explain.PlanText;
import dev.loupe.explain.PlanTime;
import dev.loupe.explain.RecipeText;
import dev.loupe.failure.UserInputException;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.SpecFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loupe explain FILE...}: what would run, and what each rule saved. */
@Command(
        name = "explain",
        description =
                "Show the plans of specs: steps, shapes, FLOPs, bytes and the effect of " + "each optimizer rule.")
final class ExplainCommand implements Callable<ExitCode> {
    private final Session session;

    /** How a plan is shown. */
    enum Format {
        text,
        json,
        dot
    }

    @Mixin
    private SpecFiles specs = new SpecFiles();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Output format: text, json or " + "dot.",
            defaultValue = "text")
    private Format format = Format.text;

    @Option(
            names = "--analyze",
            description = "Run the plan without storing results, and show measured next to estimated costs of each "
                    + "step.")
    private boolean analyze;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "Device whose speed tells the time, and that --analyze uses: auto, cpu or gpu.")
    private String device = "auto";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Folder of runs in which to look for reusable values. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("runs");

    @Mixin
    private OnOption on = new OnOption();

    @Mixin
    private SpecOptions options = new SpecOptions();

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        if (analyze && format != Format.text) {
            throw new UserInputException("--analyze prints text: leave out --format");
        }
        List<Path> files = specs.all();
        if (on.given() && (analyze || format != Format.text)) {
            throw new UserInputException(
                    "--on tells what a plan takes on a cluster, as text and without running it: leave out "
                            + (analyze ? "--analyze" : "--format"));
        }
        if (files.size() == 1) {
            explain(files.get(0));
            return ExitCode.CLAIMS_HOLD;
        }
        if (format != Format.text) {
            throw new UserInputException("--format " + format + " prints one plan: give one spec");
        }
        SpecErrors errors = new SpecErrors(session, options);
        ExitCode worst = ExitCode.CLAIMS_HOLD;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            new RunScreen(session.terminal()).heading(i + 1, files.size(), file);
            Failure failure = errors.of(file, () -> explain(file));
            worst = failure == null ? worst : worst.worse(failure.exit());
        }
        return worst;
    }

    private void explain(Path file) throws IOException {
        SpecFile.Checked checked = options.spec(file, session).check();
        ExecutionPlan plain = checked.whole().plan();
        PlanOptimizer.Optimized optimized = PlanOptimizer.optimize(plain);
        session.terminal()
                .out()
                .print(
                        switch (format) {
                            case text -> PlanText.render(plain, optimized.plan(), optimized.did());
                            case json -> PlanJson.render(plain, optimized.plan(), optimized.did());
                            case dot -> PlanDot.render(optimized.plan());
                        });
        if (format == Format.text) {
            session.terminal().out().print(PlanTime.of(optimized.plan(), this::rate));
            Path run = out.resolve(options.runName(file));
            session.terminal().out().print(RecipeText.of(checked.experiment()));
            session.terminal().out().print(TrainingAhead.of(checked.experiment(), Home.cache(session.environment())));
            session.terminal()
                    .out()
                    .print(Reuse.of(checked.experiment(), optimized.plan(), run, Home.cache(session.environment())));
        }
        if (format == Format.text && RunSize.of(optimized.plan()).runs() > RunSize.USUAL_LIMIT) {
            session.terminal()
                    .out()
                    .println("`loupe run` runs more rows times cells than its limit only with --most-runs "
                            + RunSize.of(optimized.plan()).runs());
        }
        if (on.given()) {
            HeapNeed need = HeapNeed.of(
                    optimized.plan(), ref -> checked.experiment().rows().of(ref));
            MemoryNeed memory = MemoryNeed.of(optimized.plan())
                    .with(TrainingElsewhere.memory(checked.experiment(), Home.cache(session.environment())));
            session.terminal().out().print(ShardsAhead.of(memory, need, on.size()));
            session.terminal()
                    .out()
                    .print(TrainingElsewhere.ahead(checked.experiment(), Home.cache(session.environment())));
            on.check(memory, need);
        }
        if (analyze) {
            String text = PlanAnalysis.of(checked, optimized.plan(), device, session);
            session.terminal().out().print("\n" + text);
        }
    }

    private double rate(int in, int out) {
        return MatrixRate.measure(Backend.choose(device), in, out);
    }
}
