package dev.loupe.resolve;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.GradientReading;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.SeveralAnswersException;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.Compute;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.Forward;
import dev.loupe.plan.FromValues;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Prune;
import dev.loupe.plan.Pruned;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.WithModel;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.CompareCorpora;
import dev.loupe.plan.neurons.DescribeSample;
import dev.loupe.plan.neurons.FitProbe;
import dev.loupe.plan.neurons.FitRules;
import dev.loupe.plan.neurons.JudgePurity;
import dev.loupe.plan.neurons.SearchLabels;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.text.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Positions, classes, columns and labels are names of the dataset, so a wrong one shows before anything runs. */
final class NamesInRows implements PlanStep.Visitor<List<NamesInRows.Asked>> {
    private final Function<RowsRef, RowSet> rows;
    private final Map<Integer, Forward> forwards = new HashMap<>();

    /** What a step asks of the names of some rows. */
    record Asked(RowsRef rows, Consumer<TokenRows> check) {}

    NamesInRows(Function<RowsRef, RowSet> rows) {
        this.rows = rows;
    }

    /** @throws IllegalArgumentException where rows that one of these steps reads lack a name that it asks for */
    void check(List<PlanStep> steps) {
        for (PlanStep step : steps) {
            step.accept(this).forEach(this::check);
        }
    }

    private void check(Asked asked) {
        RowSet set = rows.apply(asked.rows());
        try {
            asked.check().accept(set.rows());
        } catch (SeveralAnswersException e) {
            throw new IllegalArgumentException(e.message(set.ref().name(), set.text()), e);
        }
    }

    @Override
    public List<Asked> load(LoadModel step) {
        return List.of();
    }

    @Override
    public List<Asked> forward(Forward step) {
        forwards.put(step.id(), step);
        return List.of(new Asked(
                step.rows(),
                named -> step.cells().stream()
                        .flatMap(cell -> cell.edits().stream())
                        .forEach(edit -> EditNames.check(edit, named))));
    }

    @Override
    public List<Asked> readRows(ReadRows step) {
        return step.reading() instanceof RowReading reading
                ? step.forwards().stream()
                        .flatMap(forward -> ofRun(forward, reading).stream())
                        .toList()
                : List.of();
    }

    @Override
    public List<Asked> summarise(Summarise step) {
        return step.reading() instanceof Summary<?> summary ? ofRun(step.forward(), summary::check) : List.of();
    }

    @Override
    public List<Asked> compute(Compute step) {
        return List.of();
    }

    @Override
    public List<Asked> fromValues(FromValues step) {
        if (step instanceof SearchLabels search) {
            return List.of(
                    new Asked(search.rows(), named -> search.options().labels().forEach(named::place)));
        }
        if (step instanceof FitRules rules) {
            return labels(rules.options().labels(), rules.rows(), rules.formedOn());
        }
        if (step instanceof JudgePurity purity) {
            return labels(purity.options().labels(), purity.rows());
        }
        if (step instanceof CompareCorpora corpora) {
            return labels(corpora.options().labels(), corpora.firstRows(), corpora.secondRows());
        }
        if (step instanceof DescribeSample described) {
            return List.of(new Asked(described.rows(), NamesInRows::enoughDocuments));
        }
        return step instanceof FitProbe probe
                ? List.of(new Asked(
                        probe.rows(),
                        named -> probe.options().labels().stream()
                                .filter(label -> !named.labels().containsKey(label)
                                        || named.label(label).kind() != Label.Kind.ORDINAL)
                                .forEach(named::place)))
                : List.of();
    }

    private static List<Asked> labels(List<String> labels, RowsRef... read) {
        return Stream.of(read)
                .distinct()
                .map(rows -> new Asked(rows, named -> labels.forEach(named::place)))
                .toList();
    }

    private static void enoughDocuments(TokenRows rows) {
        long documents =
                IntStream.range(0, rows.rows()).map(rows::document).distinct().count();
        if (documents < DescribeSample.GROUPS) {
            throw new IllegalArgumentException("`distribution` needs at least " + DescribeSample.GROUPS
                    + " documents for its intervals, and the dataset has " + Count.of(documents, "document"));
        }
    }

    @Override
    public List<Asked> withModel(WithModel step) {
        return List.of();
    }

    @Override
    public List<Asked> differentiate(Differentiate step) {
        return step.estimate() instanceof GradientReading reading
                ? List.of(new Asked(step.edited(), reading::check))
                : List.of();
    }

    @Override
    public List<Asked> recheck(Recheck step) {
        return List.of();
    }

    @Override
    public List<Asked> prune(Prune step) {
        return step.runs().reading() instanceof RowReading reading
                ? Stream.of(step.runs().edited(), step.runs().source())
                        .map(read -> new Asked(read, reading::check))
                        .toList()
                : List.of();
    }

    @Override
    public List<Asked> pruned(Pruned step) {
        return List.of();
    }

    private List<Asked> ofRun(int forward, RowReading reading) {
        Forward run = forwards.get(forward);
        return run == null
                ? List.of()
                : ofRun(forward, rows -> reading.check(rows, run.model().shape()));
    }

    /** Runs of earlier rounds were checked with their own steps. */
    private List<Asked> ofRun(int forward, Consumer<TokenRows> check) {
        Forward run = forwards.get(forward);
        return run == null ? List.of() : List.of(new Asked(run.rows(), check));
    }
}
