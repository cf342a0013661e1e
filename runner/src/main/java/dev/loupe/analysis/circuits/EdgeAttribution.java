package dev.loupe.analysis.circuits;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.intervention.Patch;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Differentiate;
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
import org.jspecify.annotations.Nullable;

/** Edge attribution patching (Syed et al. 2023), and with integrated gradients (Hanna et al. 2024). */
@Named("edge-attribution")
@Doc("Edge attribution patching: (patched output - original output) of the upstream component . gradient of the "
        + "metric at the downstream input (queries, keys and values of each head, MLPs, logits). With `recheck`, "
        + "the edges with the largest estimates are also patched exactly.")
@Example("{edge-attribution: EAP-IG, steps: 5, from: corrupted, recheck: 10}")
public record EdgeAttribution(
        @Key("edge-attribution") @Doc("How the gradient is taken.")
        Method method,

        @Nullable @Doc("For `EAP-IG`: the number of inputs at which gradients are taken. Default: 5.")
        Integer steps,

        @Default("corrupted") @Doc("The run that outputs would be taken from; the other run would be edited.")
        Patch.From from,

        @Default("default")
        @Doc("Name of a metric of this spec that has a gradient (`logit-difference`, `loss`).")
        @NameOf(value = "metric", inPlace = Metric.class)
        String read,

        @Nullable @Doc("Re-run the K largest estimates exactly.")
        Integer recheck,

        @Default("cells") @Doc("What is shown.") Screened show)
        implements CircuitAnalysis {
    /** A page of more numbers would hold no other figure. */
    private static final int LARGEST = 300_000;

    /** Where gradients are taken. */
    public enum Method {
        @Key("EAP")
        @Doc("At the run that would be edited (Syed et al. 2023).")
        EAP,
        @Key("EAP-IG")
        @Doc("Averaged over `steps` inputs between the embeddings of the two runs, including the edited run itself "
                + "(Hanna et al. 2024).")
        EAP_IG
    }

    public EdgeAttribution {
        Screened.check(recheck, Screened.Per.ALL, show);
        if (from == Patch.From.UNEDITED) {
            throw new IllegalArgumentException("`from` must be `clean` or `corrupted`");
        }
        if (steps != null && (method == Method.EAP || steps < 2 || steps > CellEstimate.MOST_STEPS)) {
            throw new IllegalArgumentException(
                    "`steps` must be 2 to " + CellEstimate.MOST_STEPS + ", and applies to `EAP-IG` only");
        }
    }

    private int points() {
        Integer written = steps;
        return method == Method.EAP ? 1 : written == null ? 5 : written;
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        Metric metric = CircuitAnalysis.differentiable(planning, read);
        EdgeGraph graph = new EdgeGraph(planning.model().shape());
        long cells = (long) graph.starts().size() * graph.ends().size();
        if (cells > LARGEST) {
            throw new IllegalArgumentException(cells + " edges are too many for a page, which can show up to " + LARGEST
                    + ": use a smaller " + "model");
        }
        String on = planning.on();
        boolean clean = from == Patch.From.CLEAN;
        RowsRef source = planning.rows(clean ? on : on + RowsRef.CORRUPTED);
        RowsRef edited = planning.rows(clean ? on + RowsRef.CORRUPTED : on);
        EdgeEstimate estimate = new EdgeEstimate(metric, points(), planning.redrawn(Redrawn.DIRECTIONS));
        int value = planning.builder()
                .add(id -> Differentiate.of(id, estimate, planning.load(), planning.model(), source, edited));
        MetricBundle reading = new MetricBundle(List.of(read), List.of(metric));
        EdgeRuns runs = new EdgeRuns(planning.model(), source, edited, reading);
        return Screened.recheck(planning, value, runs, recheck, show);
    }

    @Override
    public String title() {
        return "Edge attribution (" + (method == Method.EAP ? "EAP" : "EAP-IG") + ")";
    }

    @Override
    public String formula() {
        String at = method == Method.EAP
                ? "in the edited run"
                : "on the mean of " + points() + " inputs from the embedding of the other run to the embedding of "
                        + "the edited run";
        return "**estimate**: sum of (output of the upstream component in the "
                + (from == Patch.From.CLEAN ? "clean" : "corrupted")
                + " run - its own) times the gradient of `" + read + "` at what the downstream component reads, " + at
                + ", mean over rows; undefined where there is no edge"
                + Screened.formula(recheck, Screened.Per.ALL, show);
    }

    @Override
    public Side side(List<Metric> metrics) {
        return show == Screened.CELLS ? Side.BOTH : Side.HIGHER;
    }

    @Override
    public String unit() {
        return show == Screened.CELLS ? "change of the metric" : "";
    }

    @Override
    public Figure figure() {
        return show == Screened.CELLS ? Figure.MAP : Figure.AUTO;
    }

    @Override
    public String parts() {
        return show == Screened.CELLS && recheck != null ? "value" : "";
    }

    @Override
    public boolean estimates() {
        return true;
    }

    @Override
    public boolean searches() {
        return true;
    }
}
