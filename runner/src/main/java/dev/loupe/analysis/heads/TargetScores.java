package dev.loupe.analysis.heads;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/**
 * How much each head attends to targets that the dataset names for every query, and beside it how much of that a head would
 * get by looking always as far back: a head of fixed offset scores high wherever targets happen to lie at that offset.
 */
@Named("target-scores")
@Doc(
        "Attention of every head to targets that the dataset names: the position that a label points to from each query, "
                + "or a position class. TARGET is the score; FIXED is the attention to the best fixed offset on the same queries.")
@Example("{target-scores: {pointer: source}, at: pointers}")
public record TargetScores(
        @Key("target-scores") @Doc("The targets of each query.")
        TargetChoice target,

        @Default("everywhere") @Doc("Only queries at this position class or named position count.")
        String at)
        implements HeadAnalysis {
    @Override
    public int plan(AnalysisPlanning planning) {
        RowsRef rows = planning.rows(planning.on());
        TargetReading reading = new TargetReading(target, at, rows.longest());
        int run = planning.clean(rows, reading.captures(planning.model().shape()), reading.logits());
        return planning.builder().add(id -> new ReadRows(id, reading, List.of(run), List.of()));
    }

    @Override
    public String title() {
        return "Attention to named targets";
    }

    @Override
    public String formula() {
        return formula("TARGET") + " " + formula("FIXED");
    }

    @Override
    public String formula(String part) {
        return part.equals("FIXED")
                ? "FIXED: the largest, over offsets d, of the mean of A[i, i-d] over the same queries i (0 where i < d): "
                        + "what the head gives to a place that does not depend on the tokens."
                : "TARGET: mean over queries i" + (at.equals("everywhere") ? "" : " of class `" + at + "`")
                        + " that have a target of the attention to " + target.describe() + ".";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "share of attention";
    }

    @Override
    public String parts() {
        return "score";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
