package dev.loupe.analysis.families;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.Combination;
import dev.loupe.plan.values.CellByCell;
import dev.loupe.plan.values.FamilyResults;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One result from several, number by number. */
@Named("combine")
@Doc(
        "The difference, ratio, sum or product of measurements with the same axes, number by number and in each model by itself. "
                + "Rows are resampled in all of them together, so that measurements on the same rows stay paired.")
@Example("{combine: [ablated, clean], take: difference}")
public record Combine(
        @Doc("The measurements, such as `loss` or `scores.IND`.") @NameOf("measure")
        List<String> combine,

        @Doc("What becomes of their numbers.") Combination take,

        @OnlyWith(value = "take", words = "ratio")
        @Key("undefined-below")
        @Default("0.000001")
        @Doc("A ratio is undefined where its divisor is nearer to 0 than this.")
        double undefinedBelow)
        implements FamilyAnalysis {
    public Combine {
        combine = List.copyOf(combine);
        if (combine.size() < 2 || take.ofTwo() && combine.size() > 2) {
            throw new IllegalArgumentException("`take: " + take.word() + "` needs "
                    + (take.ofTwo() ? "two measurements" : "two or more measurements") + ", not " + combine.size());
        }
        if (!(undefinedBelow >= 0 && Double.isFinite(undefinedBelow))) {
            throw new IllegalArgumentException("`undefined-below` must be at least 0");
        }
    }

    @Override
    public List<String> of() {
        return combine;
    }

    @Override
    public List<String> over() {
        return List.of();
    }

    @Override
    public boolean keepsUnit() {
        return take == Combination.DIFFERENCE || take == Combination.SUM;
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        List<ModelResults> results =
                combine.stream().map(planning::resultBeside).toList();
        for (int i = 1; i < results.size(); i++) {
            same(results.get(0).axes(), results.get(i).axes(), combine.get(i));
        }
        List<FamilyResults> read = results.stream().map(ModelResults::family).toList();
        return planning.builder().add(id -> new CellByCell(id, read, take, undefinedBelow));
    }

    /** Axes are the same by name and labels, in any order. */
    private void same(List<Axis> first, List<Axis> other, String name) {
        List<Axis> left = new ArrayList<>(first);
        List<Axis> right = new ArrayList<>(other);
        left.sort(Comparator.comparing(Axis::name));
        right.sort(Comparator.comparing(Axis::name));
        if (left.equals(right)) {
            return;
        }
        for (Axis axis : left) {
            for (Axis there : right) {
                if (axis.name().equals(there.name()) && !axis.equals(there) && axis.size() == there.size()) {
                    throw new IllegalArgumentException("`" + combine.get(0) + "` and `" + name
                            + "` have other labels on their axis `" + axis.name() + "`: " + axis.labels() + " and "
                            + there.labels() + ", so they cannot be combined number by number");
                }
            }
        }
        throw new IllegalArgumentException("`" + combine.get(0) + "` " + described(first) + ", `" + name + "` "
                + described(other) + ": measurements are combined number by number, so they need the same axes");
    }

    private static String described(List<Axis> axes) {
        return axes.isEmpty() ? "is a single number" : "has " + NamedArray.describe(axes);
    }

    @Override
    public String whyUndefined() {
        return take == Combination.RATIO ? "what is divided by is undefined or too near to 0 (`undefined-below`)" : "";
    }

    @Override
    public String title() {
        return String.join(take.sign(), combine);
    }

    @Override
    public String formula() {
        return "`" + String.join("`" + take.sign() + "`", combine) + "`, number by number"
                + (take == Combination.RATIO
                        ? "; undefined where the divisor is nearer to 0 than " + undefinedBelow
                        : "")
                + ". Each resample of rows is combined in the same way.";
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
