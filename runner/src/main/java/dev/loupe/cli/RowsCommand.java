package dev.loupe.cli;

import dev.loupe.cli.option.SpecOptions;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.NoCounterparts;
import dev.loupe.explain.RowsText;
import dev.loupe.failure.UserInputException;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.resolve.rows.Rows;
import dev.loupe.spec.NamedDataset;
import dev.loupe.text.VisibleText;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe rows FILE}: the prompts of a spec as its models read them. */
@Command(
        name = "rows",
        description =
                "Show dataset rows of a spec as tokens, with corrupted counterparts, named positions and " + "answers.")
final class RowsCommand implements Callable<ExitCode> {
    private final Session session;

    @Parameters(paramLabel = "FILE", description = "A spec.")
    private @Nullable Path file;

    @Option(names = "--dataset", paramLabel = "NAME", description = "Show only this dataset.")
    private @Nullable String dataset;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "6",
            description = "Number of rows to show for each dataset. Default: 6.")
    private int rows = 6;

    @Mixin
    private SpecOptions options = new SpecOptions();

    RowsCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() {
        Path spec = Objects.requireNonNull(file);
        Experiment experiment = options.specOfRows(spec, session).check().experiment();
        Map<String, NamedDataset> datasets = experiment.spec().dataset();
        if (datasets.isEmpty()) {
            throw new UserInputException("the spec has no dataset: what it measures reads weights alone");
        }
        if (dataset != null && !datasets.containsKey(dataset)) {
            throw new UserInputException(
                    "there is no dataset `" + dataset + "`; the spec has " + String.join(", ", datasets.keySet()));
        }
        datasets.forEach((name, found) -> {
            if (dataset == null || dataset.equals(name)) {
                show(experiment, name, found.source());
            }
        });
        return ExitCode.CLAIMS_HOLD;
    }

    private void show(Experiment experiment, String name, Dataset found) {
        if (!(found instanceof TokenDataset)) {
            session.terminal().out().println(VisibleText.line(name) + ": no rows of tokens");
            return;
        }
        Rows drawn = experiment.rows();
        // Seeds of a model read the same rows: each draw is shown once.
        Set<String> seen = new LinkedHashSet<>();
        Set<String> reasons = new LinkedHashSet<>();
        for (ModelInstance unit : experiment.readers(name)) {
            RowSet clean;
            try {
                clean = drawn.of(name, unit);
            } catch (DatasetException e) {
                // A model that no measurement reads it with need not be able to.
                reasons.add(String.valueOf(e.getMessage()));
                continue;
            }
            if (seen.add(clean.ref().identity())) {
                session.terminal()
                        .out()
                        .print(RowsText.render(
                                clean,
                                counterparts(drawn, name, unit, found),
                                unit.ref().label(),
                                drawn.beginning(name, unit),
                                rows));
            }
        }
        if (seen.isEmpty()) {
            session.terminal().out().println(name + ": no model of this spec reads it: " + String.join("; ", reasons));
        }
    }

    private @Nullable RowSet counterparts(Rows drawn, String name, ModelInstance unit, Dataset found) {
        if (!(found instanceof PairedDataset)) {
            return null;
        }
        try {
            return drawn.of(name + RowsRef.CORRUPTED, unit);
        } catch (NoCounterparts e) {
            return null;
        } catch (DatasetException e) {
            // Where rows do not pair up, the reason is worth a line.
            session.terminal().err().println(VisibleText.line(name + ": " + e.getMessage()));
            return null;
        }
    }
}
