package dev.loupe.execute;

import dev.loupe.claim.Measured;
import dev.loupe.plan.FoundHeads;
import dev.loupe.plan.Planning;
import dev.loupe.resolve.ExperimentPlanner;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Heads chosen by results that are already there. */
final class FoundInResults implements ExperimentPlanner.Found {
    private final Map<String, MeasuredFamily> families;

    FoundInResults(Map<String, MeasuredFamily> families) {
        this.families = families;
    }

    private record Scored(Planning.Head head, double score) {}

    @Override
    public List<Planning.Head> apply(FoundHeads choice, String unit) {
        MeasuredFamily family = families.get(choice.by());
        if (family == null) {
            throw new Planning.NotYetKnown(choice.by());
        }
        Measured measured = family.units().containsKey(unit)
                ? family.units().get(unit)
                : family.units().values().iterator().next();
        if (measured == null) {
            throw new IllegalStateException("no result for " + unit);
        }
        NamedArray scores = measured.estimate();
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
}
