package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.hook.HookPoint;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.values.Additivity;
import dev.loupe.plan.values.Change;
import dev.loupe.plan.values.Recover;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads metrics from the edited model, once per cell of the intervention's sweep. */
@Named("apply")
@Doc("Read metrics with interventions applied, once for every cell of their sweeps. Several interventions act in "
        + "one run; at the same hook point they act in the order of the list.")
@Example("{apply: knock-out, read: second-half-loss}")
public record Apply(
        @OneOrMany
        @Doc("An intervention of this spec by its name, or written here; or several in the order in which they act.")
        @NameOf(value = "intervention", inPlace = Intervention.class)
        List<String> apply,

        @OneOrMany
        @Doc("Metrics of this spec by their names, or written here.")
        @NameOf(value = "metric", inPlace = Metric.class)
        List<String> read,

        @Default("value")
        @Doc(
                "What is shown: the value of the metric, its change against the run without the (last) intervention, the share "
                        + "of the difference that patching recovers, or whether patching a window of layers has more effect than its layers separately.")
        As as,

        @Nullable
        @Key("undefined-below")
        @OnlyWith(
                value = "as",
                words = {"recovery", "additivity"})
        @Doc("A recovery is undefined where the means of the metric on the two runs differ by less than this. "
                + "Default: 0.1 for a logit difference; for other metrics, only equal means are undefined. The same "
                + "limit holds for the divisor of an additivity.")
        Double undefinedBelow)
        implements OutputAnalysis {
    /** How a value is expressed. */
    public enum As {
        @Doc("The value of the metric.")
        VALUE,
        @Doc("The value minus the value of the same rows without the intervention (with several interventions, "
                + "without the last one): 0 where it changes nothing, negative where the metric falls.")
        CHANGE,
        @Doc("0 is the run before patching, 1 the run that activations are taken from. A ratio of means over "
                + "rows, never clipped; undefined where the two runs do not differ.")
        RECOVERY,
        @Doc("The effect of patching a window of layers divided by the sum of the effects of its layers patched "
                + "separately: 1 where effects add up, more where layers depend on each other, less where they are "
                + "redundant. Undefined where that sum is small.")
        ADDITIVITY
    }

    /** Values as they are. */
    public Apply(String apply, List<String> read) {
        this(List.of(apply), read, As.VALUE, null);
    }

    public Apply {
        apply = List.copyOf(apply);
        if (apply.isEmpty()) {
            throw new IllegalArgumentException("name an intervention to apply");
        }
        if (undefinedBelow != null && !(undefinedBelow >= 0 && Double.isFinite(undefinedBelow))) {
            throw new IllegalArgumentException("`undefined-below` must be at least 0");
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("name at least one metric to read");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ComposedInterventions together = ComposedInterventions.of(planning::intervention, apply);
        Sweep sweep = together.sweep(planning);
        String edited = together.rows(planning.on());
        MetricBundle reading = MetricBundle.of(planning, read, edited);
        readsNothingItWrites(sweep, reading.captures(planning.model().shape()));
        int value = read(planning, reading, edited, sweep);
        if (as == As.VALUE) {
            return value;
        }
        Double written = undefinedBelow;
        List<Double> least = reading.perComponent(
                planning.model().shape(), planning.rows(edited), m -> written == null ? m.distinct() : written);
        // 0 is the run as it is before the last intervention: with what came earlier, without what is asked about.
        Sweep before = together.before(planning);
        if (!before.axes().isEmpty()) {
            throw new IllegalArgumentException("`as: " + as.name().toLowerCase(Locale.ROOT)
                    + "` needs one patched run, but the run is swept over "
                    + before.axes().get(0).name());
        }
        int zero = read(planning, reading, edited, before);
        if (as == As.CHANGE) {
            return planning.builder().add(id -> new Change(id, value, zero));
        }
        if (as == As.ADDITIVITY) {
            List<List<Integer>> singles =
                    WindowParts.of(sweep.axes(), planning.model().shape().layers());
            return planning.builder().add(id -> new Additivity(id, value, zero, singles, least));
        }
        String source = together.last().source(planning.on());
        if (source.isEmpty()) {
            throw new IllegalArgumentException("`as: recovery` needs an intervention that patches one run into the "
                    + "other: `"
                    + String.join(", ", apply) + "` does not");
        }
        int one = read(planning, reading, source, Sweep.NOTHING);
        return planning.builder().add(id -> new Recover(id, value, zero, one, least));
    }

    @Override
    public String whyUndefined() {
        switch (as) {
            case RECOVERY:
                return "the metric has nearly the same mean on both runs between which activations are patched, so that there is "
                        + "nothing to recover (`undefined-below` says how near)";
            case ADDITIVITY:
                return "the effects of the layers by themselves have a sum near 0 (`undefined-below` says how near)";
            default:
                return "";
        }
    }

    /** What is written at a hook point is what would be read there, and says nothing of the model. */
    private void readsNothingItWrites(Sweep sweep, List<HookPoint> captures) {
        for (Cell cell : sweep.cells()) {
            for (Edit edit : cell.edits()) {
                if (captures.contains(edit.point())) {
                    throw new IllegalArgumentException(
                            "the metric reads `" + edit.point().name() + "`, which `" + String.join(", ", apply)
                                    + "` writes: read a later hook point, or edit an earlier one");
                }
            }
        }
    }

    /** Adds a run of the sweep and what is read from it. */
    public static int read(AnalysisPlanning planning, MetricBundle reading, String rows, Sweep sweep) {
        int run = planning.run(
                planning.rows(rows),
                sweep.cells(),
                reading.captures(planning.model().shape()),
                reading.logits());
        return planning.builder().add(id -> new ReadRows(id, reading, List.of(run), sweep.axes(), sweep.absent()));
    }

    @Override
    public List<String> reads() {
        return read;
    }

    @Override
    public String formula(Metric metric) {
        return switch (as) {
            case VALUE -> metric.formula();
            case CHANGE ->
                "value - value of the run without the "
                        + (apply.size() == 1
                                ? "intervention"
                                : "last intervention, `" + apply.get(apply.size() - 1) + "`")
                        + ", means over rows of: " + metric.formula();
            case RECOVERY ->
                "(value - value of the patched run) / (value of the other run - that), means over rows of: "
                        + metric.formula();
            case ADDITIVITY ->
                "(value - value without the patch) / (sum of the same difference for each layer of the"
                        + " window alone), means over rows of: " + metric.formula();
        };
    }

    @Override
    public String unit(Metric metric) {
        return as == As.VALUE || as == As.CHANGE ? metric.unit() : unit();
    }

    @Override
    public List<String> edits() {
        return apply;
    }

    @Override
    public String title() {
        return switch (as) {
                    case VALUE -> "Under ";
                    case CHANGE -> "Change by ";
                    case RECOVERY -> "Recovery by ";
                    case ADDITIVITY -> "Additivity: ";
                }
                + String.join(", ", apply);
    }

    @Override
    public String formula() {
        return "";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return switch (as) {
            case VALUE -> Metric.side(metrics);
            case CHANGE -> Side.BOTH;
            case RECOVERY, ADDITIVITY -> Side.HIGHER;
        };
    }

    @Override
    public String unit() {
        return switch (as) {
            case VALUE, CHANGE -> "";
            case RECOVERY -> "share recovered";
            case ADDITIVITY -> "window over sum";
        };
    }

    @Override
    public String parts() {
        return read.size() == 1 ? "" : "metric";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
