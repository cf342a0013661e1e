package dev.loupe.analysis;

import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.Sweep;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Collect;
import dev.loupe.plan.Recover;
import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Named;
import dev.loupe.schema.OneOrMany;
import java.util.List;

/** Reads metrics from the edited model, once per cell of the intervention's sweep. */
@Named("apply")
@Doc("Read metrics while an intervention is applied, once for every cell of its sweep.")
@Example("{apply: knock-out, read: second-half-loss}")
public record Apply(
        @Doc("Name of an intervention of this spec.") String apply,
        @OneOrMany @Doc("Names of metrics of this spec.") List<String> read,

        @Default("value")
        @Doc("What is shown: the metric's value, or the share of the difference that patching recovers.")
        As as)
        implements Analysis {
    /** How a value is expressed. */
    public enum As {
        @Doc("The metric as it is.")
        VALUE,
        @Doc(
                "0 is the unedited run that is patched, 1 the run whose activations are written; a ratio of means over rows,"
                        + " never clipped, undefined where the two do not differ.")
        RECOVERY
    }

    /** Values as they are. */
    public Apply(String apply, List<String> read) {
        this(apply, read, As.VALUE);
    }

    public Apply {
        if (read.isEmpty()) {
            throw new IllegalArgumentException("name at least one metric to read");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<Metric> metrics = read.stream().map(planning::metric).toList();
        Several reading = new Several(read, metrics);
        Intervention intervention = planning.intervention(apply);
        Sweep sweep = intervention.sweep(planning, planning.on());
        int run = planning.run(
                planning.rows(intervention.edited(planning.on())),
                sweep.cells(),
                reading.captures(planning.model().shape()),
                reading.logits());
        int value = planning.builder().add(id -> new Collect(id, reading, List.of(run), sweep.axes(), sweep.absent()));
        if (as == As.VALUE) {
            return value;
        }
        String source = intervention.source(planning.on());
        if (source.isEmpty()) {
            throw new IllegalArgumentException("`as: recovery` needs a run that is recovered: `" + apply
                    + "` is no patch from one half of a pair to the other");
        }
        int zero = unedited(planning, reading, intervention.edited(planning.on()));
        int one = unedited(planning, reading, source);
        return planning.builder().add(id -> new Recover(id, value, zero, one));
    }

    private static int unedited(AnalysisPlanning planning, Several reading, String on) {
        int run = planning.clean(
                planning.rows(on), reading.captures(planning.model().shape()), reading.logits());
        return planning.builder().add(id -> new Collect(id, reading, List.of(run), List.of()));
    }

    @Override
    public String title() {
        return (as == As.RECOVERY ? "Recovered by " : "Under ") + apply;
    }

    @Override
    public String formula() {
        return "";
    }

    @Override
    public String unit() {
        return as == As.RECOVERY ? "share recovered" : "";
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
