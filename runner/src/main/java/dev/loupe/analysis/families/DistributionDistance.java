package dev.loupe.analysis.families;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.DistanceOfSets;
import dev.loupe.plan.values.Distances;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How far models are from each other in the distribution of a measurement over components. */
@Named("distribution-distance")
@Doc(
        "How far the models along one axis are from each other in a measurement of many components, such as the kurtosis of every "
                + "neuron. The components of a model are a set: which neuron has which number does not matter, so that models trained "
                + "from different seeds can be compared. The rows are resampled in all models together.")
@Example("{distribution-distance: shape.excess-kurtosis, between: seed}")
public record DistributionDistance(
        @Key("distribution-distance") @Doc("The measurement, such as `shape.excess-kurtosis`.") @NameOf("measure")
        String compared,

        @Doc("The axis of the models, such as `seed` or `model`; other axes of the models stay.")
        String between)
        implements FamilyAnalysis {
    @Override
    public List<String> of() {
        return List.of(compared);
    }

    @Override
    public boolean keepsUnit() {
        return false;
    }

    @Override
    public List<String> over() {
        return List.of(between);
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelResults results = planning.results(compared);
        Axis axis = results.models().stream()
                .filter(there -> there.name().equals(between))
                .findFirst()
                .orElseThrow(() -> {
                    List<Axis> there = new ArrayList<>(results.kept());
                    there.addAll(results.models());
                    return new IllegalArgumentException("the models of `" + compared + "` have no axis `" + between
                            + "`" + (there.isEmpty() ? "" : ": " + NamedArray.describe(there)));
                });
        if (axis.size() < 2) {
            throw new IllegalArgumentException("`" + between + "` has one model, and a distance is between two");
        }
        if (results.axes().isEmpty()) {
            throw new IllegalArgumentException(
                    "`" + compared + "` is a single number in each model: a `difference` of two compares those");
        }
        List<String> sets = results.axes().stream().map(Axis::name).toList();
        return planning.builder().add(id -> new Distances(id, results.family(), axis, sets));
    }

    @Override
    public String title() {
        return "Distances between models in " + compared;
    }

    @Override
    public String formula() {
        StringBuilder text = new StringBuilder();
        for (DistanceOfSets kind : DistanceOfSets.values()) {
            text.append("**")
                    .append(kind.word())
                    .append("**: ")
                    .append(ConstantDoc.of(kind))
                    .append("  \n");
        }
        return text.toString();
    }

    @Override
    public String formula(String part) {
        return Arrays.stream(DistanceOfSets.values())
                .filter(kind -> kind.word().equals(part))
                .findFirst()
                .map(ConstantDoc::of)
                .orElseGet(this::formula);
    }

    @Override
    public String parts() {
        return Distances.PARTS;
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
        return Side.HIGHER;
    }
}
