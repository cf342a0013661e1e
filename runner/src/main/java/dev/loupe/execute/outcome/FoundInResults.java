package dev.loupe.execute.outcome;

import dev.loupe.claim.AxisSelection;
import dev.loupe.claim.Measured;
import dev.loupe.plan.ask.Component;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.resolve.ExperimentPlanner;
import dev.loupe.result.Axis;
import dev.loupe.result.Coordinates;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Components and edges chosen by results that are already there. */
public final class FoundInResults implements ExperimentPlanner.Chooser {
    /** The parts of a search that name what it found. */
    private static final String NAMED_LAYER = ".layer";

    private final Map<String, MeasuredFamily> families;

    public FoundInResults(Map<String, MeasuredFamily> families) {
        this.families = families;
    }

    private record Scored(Component component, double score) {}

    @Override
    public List<Component> components(Found choice, ComponentKind kind, Coordinates unit, ModelShape shape) {
        return components(choice, kind, unit);
    }

    List<Component> components(Found choice, ComponentKind kind, Coordinates unit) {
        if (kind.unit() && families.containsKey(choice.by() + "." + kind.word())) {
            return named(choice, kind, unit);
        }
        NamedArray scores = single(
                AxisSelection.narrow(result(choice.by(), unit), choice.where()).estimate(), kind.axes());
        if (scores.axes().size() != kind.axes().size() || !kind.axes().stream().allMatch(scores::hasAxis)) {
            throw new IllegalArgumentException("`" + choice.by() + "` does not score " + kind.word() + "s: it has "
                    + NamedArray.describe(scores.axes()) + " instead of " + String.join(" and ", kind.axes()));
        }
        int layer = scores.axisIndex("layer");
        int sign = choice.lowest() ? -1 : 1;
        List<Scored> all = new ArrayList<>();
        for (int i = 0; i < scores.data().length; i++) {
            int[] at = scores.coordinates(i);
            double score = scores.data()[i];
            // Labels and not places: a measurement may hold some of the layers or neurons alone.
            int its = layer < 0 ? -1 : label(scores, "layer", at[layer]);
            boolean inLayer = choice.layer() == null || choice.layer() == its;
            boolean enough = (choice.above() == null || score > choice.above())
                    && (choice.below() == null || score < choice.below());
            if (inLayer && enough && !Double.isNaN(score)) {
                String last = kind.axes().get(kind.axes().size() - 1);
                int index = kind == ComponentKind.LAYER ? 0 : label(scores, last, at[scores.axisIndex(last)]);
                all.add(new Scored(new Component(kind, its, index), sign * score));
            }
        }
        all.sort(Comparator.comparingDouble((Scored s) -> -s.score()));
        int kept = choice.best() == null ? all.size() : Math.min(choice.best(), all.size());
        return all.subList(0, kept).stream().map(Scored::component).toList();
    }

    /** Of a search that says which layer and neuron it found: those themselves, in the order of its labels. */
    private List<Component> named(Found choice, ComponentKind kind, Coordinates unit) {
        NamedArray layers = at(choice, NAMED_LAYER, unit);
        NamedArray neurons = at(choice, "." + kind.word(), unit);
        return IntStream.range(0, layers.data().length)
                .filter(i -> !Double.isNaN(layers.data()[i])
                        && (choice.layer() == null || choice.layer() == (int) layers.data()[i]))
                .mapToObj(i -> new Component(kind, (int) layers.data()[i], (int) neurons.data()[i]))
                .distinct()
                .limit(choice.best() == null ? layers.data().length : choice.best())
                .toList();
    }

    private NamedArray at(Found choice, String part, Coordinates unit) {
        return AxisSelection.narrow(result(choice.by() + part, unit), choice.where())
                .estimate();
    }

    private static int label(NamedArray scores, String axis, int at) {
        return Integer.parseInt(scores.axis(axis).labels().get(at));
    }

    /** Without axes of one label that are no axes of the components. */
    private static NamedArray single(NamedArray scores, List<String> axes) {
        for (Axis axis : scores.axes()) {
            if (axis.size() == 1 && !axes.contains(axis.name())) {
                return single(scores.at(axis.name(), 0), axes);
            }
        }
        return scores;
    }

    private Measured result(String by, Coordinates unit) {
        MeasuredFamily family = families.get(by);
        if (family == null) {
            throw new Planning.NotYetKnown(by);
        }
        return family.beside(unit);
    }

    @Override
    public List<String> edges(FoundEdges choice, Coordinates unit, EdgeGraph graph) {
        return edges(choice, unit);
    }

    List<String> edges(FoundEdges choice, Coordinates unit) {
        NamedArray scores = result(choice.by(), unit).estimate();
        if (scores.axes().size() != 2 || !scores.hasAxis("upstream") || !scores.hasAxis("downstream")) {
            throw new IllegalArgumentException("`" + choice.by() + "` does not score edges: it has "
                    + NamedArray.describe(scores.axes()) + " instead of upstream and downstream");
        }
        double above = choice.above() == null ? -1 : choice.above();
        return IntStream.range(0, scores.data().length)
                .boxed()
                .filter(i -> Math.abs(scores.data()[i]) > above)
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(scores.data()[i])))
                .limit(choice.most())
                .map(i -> name(scores, i))
                .toList();
    }

    private static String name(NamedArray scores, int flat) {
        int[] at = scores.coordinates(flat);
        return scores.axes().get(0).labels().get(at[0])
                + EdgeGraph.ARROW
                + scores.axes().get(1).labels().get(at[1]);
    }
}
