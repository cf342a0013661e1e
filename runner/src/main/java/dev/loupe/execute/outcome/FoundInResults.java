package dev.loupe.execute.outcome;

import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.FoundHeads;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.resolve.ExperimentPlanner;
import dev.loupe.result.Coordinates;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Heads and edges chosen by results that are already there. */
public final class FoundInResults implements ExperimentPlanner.Found {
    private final Map<String, MeasuredFamily> families;

    public FoundInResults(Map<String, MeasuredFamily> families) {
        this.families = families;
    }

    private record Scored(Planning.Head head, double score) {}

    @Override
    public List<Planning.Head> heads(FoundHeads choice, Coordinates unit) {
        NamedArray scores = result(choice.by(), unit);
        if (scores.axes().size() != 2 || !scores.hasAxis("layer") || !scores.hasAxis("head")) {
            throw new IllegalArgumentException("`" + choice.by() + "` does not score heads: it has "
                    + NamedArray.describe(scores.axes()) + " instead of layer and head");
        }
        int layer = scores.axisIndex("layer");
        int head = scores.axisIndex("head");
        int sign = choice.lowest() ? -1 : 1;
        List<Scored> all = new ArrayList<>();
        for (int i = 0; i < scores.data().length; i++) {
            int[] at = scores.coordinates(i);
            double score = scores.data()[i];
            boolean inLayer = choice.layer() == null || choice.layer() == at[layer];
            boolean enough = (choice.above() == null || score > choice.above())
                    && (choice.below() == null || score < choice.below());
            if (inLayer && enough && !Double.isNaN(score)) {
                all.add(new Scored(new Planning.Head(at[layer], at[head]), sign * score));
            }
        }
        all.sort(Comparator.comparingDouble((Scored s) -> -s.score()));
        int kept = choice.best() == null ? all.size() : Math.min(choice.best(), all.size());
        return all.subList(0, kept).stream().map(Scored::head).toList();
    }

    private NamedArray result(String by, Coordinates unit) {
        MeasuredFamily family = families.get(by);
        if (family == null) {
            throw new Planning.NotYetKnown(by);
        }
        return family.beside(unit).estimate();
    }

    @Override
    public List<String> edges(FoundEdges choice, Coordinates unit, EdgeGraph graph) {
        return edges(choice, unit);
    }

    List<String> edges(FoundEdges choice, Coordinates unit) {
        NamedArray scores = result(choice.by(), unit);
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
