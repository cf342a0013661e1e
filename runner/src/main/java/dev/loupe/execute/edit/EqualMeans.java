package dev.loupe.execute.edit;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.resolve.PlanningRound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells of directions that are none, since both means are equal: at the first layer those of positions with the same token. */
final class EqualMeans {
    private EqualMeans() {}

    /** One notice for each pair of datasets, none where every difference has a length. */
    static List<String> notices(List<PlanningRound.Means> means, Map<String, StepValue> values) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (PlanningRound.Means each : means) {
            if (values.get(each.towardOutput()) instanceof StepValue.Activation toward
                    && values.get(each.awayOutput()) instanceof StepValue.Activation away
                    && zero(new DifferenceParts(toward, away).sum())) {
                found.computeIfAbsent(each.toward() + "` and `" + each.away(), k -> new ArrayList<>())
                        .add("`" + each.point().name() + "`");
            }
        }
        return found.entrySet().stream()
                .map(entry -> "The means on `" + entry.getKey() + "` are equal at "
                        + String.join(", ", entry.getValue())
                        + ", so their difference is zero and gives no direction: nothing is edited there.")
                .toList();
    }

    private static boolean zero(float[] difference) {
        for (float x : difference) {
            if (x != 0) {
                return false;
            }
        }
        return true;
    }
}
