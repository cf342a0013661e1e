package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.KeptLogits;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.values.CompareLogits;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a model is about to say in a few rows, before and after an intervention, token by token. */
@Named("logits")
@Doc("The highest and lowest logits of a few rows at one position. With interventions (`under`), also the logits "
        + "that changed most, for the unedited run, the run that activations are taken from and the edited run.")
@Example("{logits: END, rows: 2, top: 5}")
public record Logits(
        @Key("logits") @Doc("The named position to read; for a position class, its first position.")
        String at,

        @Default("3") @Doc("Number of rows, from the start of the dataset (rows of equal length are grouped).")
        int rows,

        @Default("10") @Doc("Number of tokens, highest and lowest.")
        int top,

        @OneOrMany
        @Default("[]")
        @Doc("Interventions of this spec, in the order in which they act. Without any, "
                + "only the unedited run is shown.")
        @NameOf(value = "intervention", inPlace = Intervention.class)
        List<String> under)
        implements OutputAnalysis {
    public Logits {
        if (rows < 1 || rows > 16 || top < 1 || top > 100) {
            throw new IllegalArgumentException("`rows` must be 1 to 16 and `top` 1 to 100");
        }
        under = List.copyOf(under);
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<Integer> runs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (under.isEmpty()) {
            keep(planning, planning.on(), Sweep.NOTHING, "unedited", runs, names);
            return beside(planning, runs, names, List.of());
        }
        ComposedInterventions together = ComposedInterventions.of(planning::intervention, under);
        Sweep sweep = together.sweep(planning);
        if (!sweep.single()) {
            throw new IllegalArgumentException("`logits` shows a single edited run, but `" + String.join(", ", under)
                    + "` is swept or sampled: name the components, such as `heads: [L0H0]`");
        }
        String edited = together.rows(planning.on());
        String source = together.last().source(planning.on());
        boolean patched = !source.isEmpty() && !source.equals(edited);
        keep(planning, edited, Sweep.NOTHING, patched ? half(edited) : "unedited", runs, names);
        boolean cleanIsEdited = !edited.endsWith(RowsRef.CORRUPTED);
        if (patched) {
            keep(planning, source, Sweep.NOTHING, half(source), runs, names);
            if (!cleanIsEdited) {
                Collections.swap(runs, 0, 1);
                Collections.swap(names, 0, 1);
            }
        }
        keep(planning, edited, sweep, patched ? "patched" : "edited", runs, names);
        int before = patched && !cleanIsEdited ? 1 : 0;
        return beside(planning, runs, names, List.of(before, runs.size() - 1));
    }

    private static String half(String rows) {
        return rows.endsWith(RowsRef.CORRUPTED) ? "corrupted" : "clean";
    }

    private void keep(
            AnalysisPlanning planning,
            String dataset,
            Sweep sweep,
            String name,
            List<Integer> runs,
            List<String> names) {
        KeptLogits reading = new KeptLogits(at, rows);
        int run = planning.run(planning.rows(dataset), sweep.cells(), List.of(), reading.logits());
        runs.add(planning.builder().add(id -> new Summarise(id, reading, run)));
        names.add(name);
    }

    private int beside(AnalysisPlanning planning, List<Integer> runs, List<String> names, List<Integer> change) {
        return planning.builder().add(id -> new CompareLogits(id, runs, names, change, at, top));
    }

    @Override
    public List<String> edits() {
        return under;
    }

    @Override
    public String title() {
        return under.isEmpty() ? "Logits at " + at : "Logits at " + at + " under " + String.join(", ", under);
    }

    @Override
    public String formula() {
        return "logits at " + at + " of single rows"
                + (under.isEmpty() ? "" : "; change: the edited run minus the unedited run")
                + ". A constant added to every logit changes no probability: compare tokens, not levels.";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "logits";
    }

    @Override
    public boolean numbers() {
        return false;
    }
}
