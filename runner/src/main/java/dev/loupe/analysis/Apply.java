package dev.loupe.analysis;

import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.Sweep;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Collect;
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
        @OneOrMany @Doc("Names of metrics of this spec.") List<String> read)
        implements Analysis {
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
        return planning.builder().add(id -> new Collect(id, reading, List.of(run), sweep.axes(), sweep.absent()));
    }

    @Override
    public String title() {
        return "Under " + apply;
    }

    @Override
    public String formula() {
        return "";
    }

    @Override
    public String unit() {
        return "";
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
