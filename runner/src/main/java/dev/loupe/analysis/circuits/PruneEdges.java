package dev.loupe.analysis.circuits;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.analysis.reading.Distribution;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.hook.Site;
import dev.loupe.intervention.Patch;
import dev.loupe.metric.Metric;
import dev.loupe.plan.CircuitRuns;
import dev.loupe.plan.Prune;
import dev.loupe.plan.Pruned;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Automatic circuit discovery (ACDC, Conmy et al. 2023, algorithm 1): every edge is tried by a real run. */
@Named("prune-edges")
@Doc("The circuit that remains when edges are removed one at a time, from the logits to the embeddings (ACDC). A "
        + "removed edge carries the output of the other run. It stays removed if the metric then changes by less "
        + "than a tolerance, with all earlier removals in effect.")
@Example("{prune-edges: 0.1, from: corrupted}")
public record PruneEdges(
        @Key("prune-edges") @Doc("The tolerance, in units of the metric or of the divergence.")
        double tolerance,

        @Default("corrupted") @Doc("The run whose outputs the removed edges carry; the other run is pruned.")
        Patch.From from,

        @Default("default")
        @Doc("Name of the metric of this spec whose change is compared with the tolerance.")
        @NameOf(value = "metric", inPlace = Metric.class)
        String read,

        @Nullable
        @Key("kl-at")
        @Doc("Instead of a metric: the named position at which the Kullback-Leibler divergence from the full "
                + "model's distribution, in nats, is compared with the tolerance.")
        String klAt,

        @Nullable
        @Key("edges-from")
        @Doc("Try only the edges selected by an earlier measurement; all others are removed from the start. "
                + "Without it, every edge is tried.")
        FoundEdges edgesFrom,

        @Default("circuit") @Doc("What is shown. Measurements that differ only in this option share their runs.")
        Show show)
        implements CircuitAnalysis {
    /** Distributions are kept for every run and row. */
    private static final int LARGEST = 5000;

    /** What is shown of a pruned model. */
    public enum Show {
        @Doc("Which edges are kept, and what removing each changed when it was tried.")
        CIRCUIT,
        @Doc("The number of edges and of runs, and the values of the full model, the circuit and the other run.")
        SUMMARY,
        @Doc("Faithfulness: the share of the difference between the other run and the full model that the circuit "
                + "recovers; 1 is all of it.")
        FAITHFULNESS
    }

    public PruneEdges {
        if (!(tolerance > 0 && Double.isFinite(tolerance))) {
            throw new IllegalArgumentException("the tolerance of `prune-edges` must be greater than 0");
        }
        if (edgesFrom != null && edgesFrom.best().size() > 1) {
            throw new IllegalArgumentException("`prune-edges` tries one set of edges: give `best` one number");
        }
        if (from == Patch.From.UNEDITED) {
            throw new IllegalArgumentException("`from` must be `clean` or `corrupted`");
        }
    }

    private Prune.Measure measure() {
        return klAt == null ? Prune.Measure.METRIC : Prune.Measure.DIVERGENCE;
    }

    private Readout reading(AnalysisPlanning planning) {
        String at = klAt;
        if (at == null) {
            Metric metric = planning.oneNumber(read);
            if (!metric.summaries().isEmpty()) {
                throw new IllegalArgumentException("`prune-edges` reads what needs the model's output alone, and `"
                        + read + "` needs another measurement, which gives its direction");
            }
            return new MetricBundle(List.of(read), List.of(metric));
        }
        ModelShape shape = planning.model().shape();
        if (shape.outputs() > LARGEST) {
            throw new IllegalArgumentException("a divergence over " + shape.outputs()
                    + " ids is too large to keep for every run: the limit is " + LARGEST + "; read a metric instead");
        }
        return new Distribution(at);
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        Long random = planning.redrawn(Redrawn.CIRCUIT);
        if (random != null && show != Show.FAITHFULNESS) {
            throw new IllegalArgumentException("`random-circuits` is the null of `show: faithfulness`");
        }
        planning.point(Site.Z, 0);
        String on = planning.on();
        boolean clean = from == Patch.From.CLEAN;
        RowsRef source = planning.rows(clean ? on : on + RowsRef.CORRUPTED);
        RowsRef edited = planning.rows(clean ? on + RowsRef.CORRUPTED : on);
        CircuitRuns runs = new CircuitRuns(planning.model(), source, edited, reading(planning));
        List<Integer> tried = tried(planning, runs.graph());
        int prune = planning.builder().add(id -> new Prune(id, planning.load(), runs, tried, tolerance, measure()));
        return planning.builder()
                .add(id -> new Pruned(id, prune, runs, measure(), Pruned.Show.valueOf(show.name()), random));
    }

    private List<Integer> tried(AnalysisPlanning planning, EdgeGraph graph) {
        List<Integer> order = graph.fromTheLogits();
        if (edgesFrom == null) {
            return order;
        }
        Set<Integer> found =
                planning.edges(edgesFrom).stream().map(graph::named).collect(Collectors.toSet());
        return order.stream().filter(found::contains).toList();
    }

    @Override
    public String title() {
        return switch (show) {
            case CIRCUIT -> "The circuit that remains";
            case SUMMARY -> "Numbers of the pruning";
            case FAITHFULNESS -> "Faithfulness of the circuit";
        };
    }

    @Override
    public String formula() {
        String changed = klAt == null
                ? "the metric `" + read + "` changes by less than " + tolerance
                : "the divergence from the whole model's output at " + klAt + " grows by less than " + tolerance
                        + " nats";
        String how =
                "edges from the last reader to the first, and of each reader from the latest writer to the earliest: removed"
                        + " if " + changed
                        + " against the run without those removed before (ACDC, Conmy et al. 2023). An edge into a"
                        + " component whose every outgoing edge is removed goes without a run: nothing reads it.";
        how += edgesFrom == null ? "" : " Only edges found by `" + edgesFrom.by() + "` were tried, without all others.";
        return switch (show) {
            case CIRCUIT ->
                "**kept**: 1 for an edge of the circuit, 0 for one that was removed. **effect**: what is read without the edge"
                        + " less what was read before; 0 where no run was needed. " + how;
            case SUMMARY ->
                how
                        + " **runs** counts edited runs, those thrown away among them. **faithfulness** = (circuit - corrupted) /"
                        + " (whole model - corrupted); corrupted is the run whose outputs removed edges carry.";
            case FAITHFULNESS ->
                "(circuit - other half) / (whole model - other half), means over rows, where the circuit's run has every"
                        + " removed edge from the other half; " + how;
        };
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return show == Show.FAITHFULNESS ? "share of the whole model" : "";
    }

    @Override
    public Figure figure() {
        return show == Show.CIRCUIT ? Figure.MAP : Figure.AUTO;
    }

    @Override
    public String parts() {
        return show == Show.CIRCUIT ? "value" : "";
    }

    @Override
    public boolean comparesCircuits() {
        return show == Show.FAITHFULNESS;
    }

    @Override
    public boolean searches() {
        return true;
    }
}
