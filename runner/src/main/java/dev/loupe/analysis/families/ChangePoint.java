package dev.loupe.analysis.families;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.CurvePart;
import dev.loupe.plan.values.ChangePoints;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;

/** When and how suddenly a number changes over the steps of a training. */
@Named("change-point")
@Doc(
        "How a measurement changes along a numeric axis such as `checkpoint`: whether suddenly or gradually, where it passes "
                + "its middle, and whether it first goes the other way. It needs at least 8 points above 0, and is undefined if the "
                + "whole change is below three standard errors. The rows are resampled in all models together.")
@Example("{change-point: accuracy, along: checkpoint}")
public record ChangePoint(
        @Key("change-point") @Doc("The measurement, such as `accuracy` or `scores.IND`.") @NameOf("measure")
        String curve,

        @Default("checkpoint") @Doc("The axis. Its labels are numbers.")
        String along)
        implements FamilyAnalysis {
    @Override
    public List<String> of() {
        return List.of(curve);
    }

    @Override
    public List<String> over() {
        return List.of(along);
    }

    @Override
    public boolean keepsUnit() {
        return false;
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelResults results = planning.results(curve);
        List<Axis> all = new ArrayList<>(results.models());
        all.addAll(results.axes());
        Axis axis = all.stream()
                .filter(there -> there.name().equals(along))
                .findFirst()
                .orElseThrow(() -> {
                    all.addAll(0, results.kept());
                    return new IllegalArgumentException("there is no axis `" + along + "` in `" + curve + "`, which "
                            + (all.isEmpty() ? "is a single number" : "has " + NamedArray.describe(all)));
                });
        List<Double> at = numbers(axis);
        long above = at.stream().filter(number -> number > 0).count();
        if (above < ChangePoints.FEWEST) {
            throw new IllegalArgumentException("`" + curve + "` has " + Count.of(above, "point") + " of `" + along
                    + "` above 0, and a change point needs at least " + ChangePoints.FEWEST);
        }
        return planning.builder()
                .add(id -> new ChangePoints(id, results.family(), along, at, List.of(CurvePart.values())));
    }

    private List<Double> numbers(Axis axis) {
        List<Double> at = new ArrayList<>();
        for (String label : axis.labels()) {
            try {
                double number = Double.parseDouble(label);
                if (number < 0 || (!at.isEmpty() && number <= at.get(at.size() - 1))) {
                    throw new IllegalArgumentException(
                            "the labels of `" + along + "` must rise from 0 or more: " + axis.labels());
                }
                at.add(number);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "`" + along + "` has the label `" + label + "`, which is not a number", e);
            }
        }
        return at;
    }

    @Override
    public String whyUndefined() {
        return "the whole change is below three standard errors, or the curve is undefined somewhere";
    }

    @Override
    public String whyUndefined(String part) {
        return part.equals(CurvePart.DIP_STEP.word())
                ? "the curve never goes against its whole change, or " + whyUndefined()
                : whyUndefined();
    }

    @Override
    public String title() {
        return "Change of " + curve + " along " + along;
    }

    @Override
    public String formula() {
        StringBuilder text = new StringBuilder();
        for (CurvePart part : CurvePart.values()) {
            text.append("**")
                    .append(part.word())
                    .append("**: ")
                    .append(ConstantDoc.of(part))
                    .append("  \n");
        }
        return text.toString();
    }

    @Override
    public String formula(String part) {
        for (CurvePart known : CurvePart.values()) {
            if (known.word().equals(part)) {
                return ConstantDoc.of(known);
            }
        }
        return formula();
    }

    @Override
    public String parts() {
        return ChangePoints.PARTS;
    }

    @Override
    public Figure figure() {
        return Figure.TABLE;
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
