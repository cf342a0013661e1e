package dev.loupe.analysis.families;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.Reduction;
import dev.loupe.plan.values.OverModels;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.ResultName;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;

/** One number for many: over seeds, over checkpoints, over heads. */
@Named("reduce")
@Doc("The mean, median, largest or smallest number of a measurement over some of its axes, either axes of its models "
        + "(`seed`, `checkpoint`, `model`) or axes of its result (`layer`, `head`); the other axes stay. The rows are "
        + "resampled in all models together, and each resample is reduced in the same way.")
@Example("{reduce: loss, over: [seed], take: median}")
public record Reduce(
        @Doc("The measurement, such as `loss` or `scores.IND`.") @NameOf("measure")
        String reduce,

        @OneOrMany @Doc("The axes that become one number.") List<String> over,

        @Doc("Which number.") Reduction take)
        implements FamilyAnalysis {
    public Reduce {
        over = List.copyOf(over);
        if (over.isEmpty() || over.stream().distinct().count() < over.size()) {
            throw new IllegalArgumentException("`over` names at least one axis, each once");
        }
    }

    @Override
    public List<String> of() {
        return List.of(reduce);
    }

    @Override
    public boolean keepsUnit() {
        return true;
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelResults results = planning.results(reduce);
        List<Axis> all = new ArrayList<>(results.models());
        all.addAll(results.axes());
        for (String axis : over) {
            if (all.stream().noneMatch(there -> there.name().equals(axis))) {
                all.addAll(0, results.kept());
                throw new IllegalArgumentException("there is no axis `" + axis + "` in `" + reduce + "`, which "
                        + (all.isEmpty() ? "is a single number" : "has " + NamedArray.describe(all)));
            }
        }
        return planning.builder().add(id -> new OverModels(id, results.family(), over, take));
    }

    @Override
    public String title() {
        return take.word() + " of " + reduce + " over " + String.join(" and ", over);
    }

    /** Which results they are of is no matter: {@code gelu.raw} and {@code solu.raw} are reduced to the same. */
    @Override
    public String reading() {
        String part = ResultName.of(reduce).part();
        return take.word() + (part.isEmpty() ? "" : " of " + part) + " over " + String.join(" and ", over);
    }

    @Override
    public String formula() {
        return take.word() + " of the defined numbers over " + String.join(" and ", over)
                + ". Each resample of rows is reduced in the same way.\n\nReduced: `" + reduce + "`.";
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }
}
