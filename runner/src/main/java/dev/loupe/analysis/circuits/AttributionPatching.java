package dev.loupe.analysis.circuits;

import dev.loupe.analysis.output.Apply;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.hook.Site;
import dev.loupe.intervention.Patch;
import dev.loupe.intervention.select.ComponentOptions;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepAxis;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.SweptRuns;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attribution patching: activation patching to first order (Nanda 2023; Kramár et al. 2024, without their corrections), and
 * with gradients along the line between the two inputs (Sundararajan et al. 2017, Hanna et al. 2024).
 */
@Named("attribution-patching")
@Doc("Attribution patching: the effect of patching each cell, estimated by (patched activation - original "
        + "activation) . gradient of the metric in the edited run. It takes two forward passes and one backward "
        + "pass, however many cells there are. With `recheck`, the cells with the largest estimates are also "
        + "patched exactly.")
@Example("{attribution-patching: attn.z, over: [layer, head], from: clean, recheck: 10}")
public record AttributionPatching(
        @OneOrMany
        @Key("attribution-patching")
        @Doc("The hook point, such as `attn.z`; several are swept on a leading axis `site`.")
        List<SiteName> sites,

        @OneOrMany @Default("[]") @Doc("Sweep axes, in the order of the result.")
        List<SweepAxis> over,

        @Default("clean") @Doc("The run that activations would be taken from; the other run would be edited.")
        Patch.From from,

        @OneOrMany @Default("[]") @Doc("Only these layers.") List<Integer> layers,

        @OneOrMany @Default("[]") @Doc("Heads such as `L0H3`, patched together.")
        List<HeadName> heads,

        @OneOrMany @Default("[]") @Doc("Neurons such as `L3N110`, patched together.")
        List<NeuronName> neurons,

        @OneOrMany @Default("everywhere") @Doc("As in `patch`.")
        List<String> at,

        @OneOrMany @Default("everywhere") @Doc("As in `patch`.")
        List<String> keys,

        @Default("default")
        @Doc("Name of a metric of this spec that has a gradient (`logit-difference`, `loss`).")
        @NameOf(value = "metric", inPlace = Metric.class)
        String read,

        @Default("gradient") @Doc("The score that ranks the cells.")
        CellEstimate.By by,

        @Default("1")
        @Doc(
                "Integrated gradients: the gradient is the mean over this many inputs on the straight line between the "
                        + "embeddings of the two runs, the edited run among them. 1 is that run alone. The time grows in proportion.")
        int steps,

        @Nullable @Doc("Re-run the K largest estimates exactly.")
        Integer recheck,

        @OnlyWith("recheck") @Default("all") @Doc("Which cells are re-run.")
        Screened.Per per,

        @Default("cells") @Doc("What is shown.") Screened show)
        implements CircuitAnalysis {
    public AttributionPatching {
        Screened.check(recheck, per, show);
        if (by == CellEstimate.By.CHANGE && recheck != null) {
            throw new IllegalArgumentException(
                    "`by: change` estimates the size of the written difference, not its effect on the metric, so "
                            + "`recheck` has nothing to compare with");
        }
        if (steps < 1 || steps > CellEstimate.MOST_STEPS) {
            throw new IllegalArgumentException("`steps` must be 1 to " + CellEstimate.MOST_STEPS);
        }
        if (by == CellEstimate.By.CHANGE && steps > 1) {
            throw new IllegalArgumentException("`by: change` reads no gradient, so that `steps` has no effect on it");
        }
        if (from == Patch.From.UNEDITED) {
            throw new IllegalArgumentException("`from` must be `clean` or `corrupted`");
        }
        if (sites.stream().anyMatch(s -> s.site() == Site.ATTN_SCORES)) {
            throw new IllegalArgumentException(
                    "masked attention scores are infinite and have no difference: use `attn.pattern`");
        }
        patch(sites, over, from, layers, heads, neurons, at, keys);
    }

    private static Patch patch(
            List<SiteName> sites,
            List<SweepAxis> over,
            Patch.From from,
            List<Integer> layers,
            List<HeadName> heads,
            List<NeuronName> neurons,
            List<String> at,
            List<String> keys) {
        SelectionOptions select = new SelectionOptions(
                new ComponentOptions(over, layers, heads, null), neurons, null, null, null, at, keys, List.of(1));
        return new Patch(sites, select, from, null, null, Earlier.NONE);
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        Metric metric = CircuitAnalysis.differentiable(planning, read);
        Patch patch = patch(sites, over, from, layers, heads, neurons, at, keys);
        String edited = patch.edited(planning.on());
        PlanBuilder builder = planning.builder();
        int mark = builder.mark();
        Sweep sweep = patch.sweep(planning, new EditContext(planning.on(), edited, List.of(), true));
        MetricBundle reading = new MetricBundle(List.of(read), List.of(metric));
        int after = Apply.read(planning, reading, edited, sweep);
        int before = Apply.read(planning, reading, edited, Sweep.NOTHING);
        LoadModel load = new LoadModel(planning.load(), planning.model());
        // The exact sweep is no part of the plan: a recheck runs the few cells of it that the estimate finds.
        SweptRuns runs = SweptRuns.of(load, builder.since(mark), after, before);
        builder.rollback(mark);
        CellEstimate estimate = new CellEstimate(
                metric, sweep.cells(), sweep.axes(), sweep.absent(), by, steps, planning.redrawn(Redrawn.DIRECTIONS));
        int value = builder.add(id -> Differentiate.of(
                id,
                estimate,
                planning.load(),
                planning.model(),
                planning.rows(patch.source(planning.on())),
                planning.rows(edited)));
        boolean drawn = planning.redrawn(Redrawn.DIRECTIONS) != null;
        if (drawn && show == Screened.POINTS) {
            throw new IllegalArgumentException(
                    "`show: points` shows single cells, which cannot be compared with a " + "null");
        }
        // Random directions are not rechecked, whoever would choose.
        if (recheck == null || per == Screened.Per.ALL || drawn) {
            return Screened.recheck(planning, value, runs, recheck, show);
        }
        Ranking.Order order = from == Patch.From.CLEAN ? Ranking.Order.HIGHEST : Ranking.Order.LOWEST;
        return Screened.recheckRows(
                planning,
                value,
                whole(planning, patch, sweep),
                sweep.axes().get(0),
                reading,
                edited,
                recheck,
                order,
                show);
    }

    /** The edit of all components at once, where the cells are those of one layer one by one. */
    private static Edit whole(AnalysisPlanning planning, Patch patch, Sweep sweep) {
        List<Edit> edits =
                sweep.cells().stream().flatMap(cell -> cell.edits().stream()).toList();
        Edit first = edits.get(0);
        boolean single = sweep.axes().size() == 1
                && sweep.absent().isEmpty()
                && edits.size() == sweep.axes().get(0).size()
                && edits.stream()
                        .allMatch(e -> e.point().equals(first.point())
                                && e.components().size() == 1);
        if (!single) {
            throw new IllegalArgumentException(
                    "`per: row` ranks the components of one layer: sweep `over: neuron` or `over: head` alone, with one of"
                            + " `layers`");
        }
        int source =
                planning.clean(planning.rows(patch.source(planning.on())), List.of(first.point()), LogitsRead.NONE);
        return new Edit(first.point(), List.of(), first.positions(), first.keys(), new EditValue.FromRun(source));
    }

    @Override
    public String title() {
        return (steps == 1 ? "Attribution patching of " : "Attribution patching with integrated gradients of ")
                + String.join(", ", sites.stream().map(SiteName::toString).toList());
    }

    @Override
    public String formula() {
        if (by == CellEstimate.By.CHANGE) {
            return "Euclidean norm of (activation of the " + (from == Patch.From.CLEAN ? "clean" : "corrupted")
                    + " run - own activation) over the cell, averaged over rows";
        }
        return "**estimate**: sum of (activation of the " + (from == Patch.From.CLEAN ? "clean" : "corrupted")
                + " run - own activation) times the gradient of `" + read + "` in the edited run"
                + (show == Screened.POINTS ? "" : ", mean over rows")
                + Screened.formula(recheck, per, show);
    }

    @Override
    public Side side(List<Metric> metrics) {
        return by == CellEstimate.By.CHANGE || show == Screened.AGREEMENT ? Side.HIGHER : Side.BOTH;
    }

    @Override
    public String unit() {
        if (by == CellEstimate.By.CHANGE) {
            return "norm of the change";
        }
        return show == Screened.AGREEMENT ? "" : "change of the metric";
    }

    @Override
    public String parts() {
        return show == Screened.CELLS && recheck != null ? "value" : "";
    }

    @Override
    public Figure figure() {
        return show == Screened.POINTS ? Figure.SCATTER : Figure.AUTO;
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
