package dev.loupe.execute.edit;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.resolve.PlanningRound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a reader must know of the directions along which runs were edited before the numbers are believed. */
public final class DirectionNotices {
    private DirectionNotices() {}

    /**
     * @param means those of the directions
     * @param values by output, both means of each
     */
    public static List<String> of(List<PlanningRound.Means> means, Map<String, StepValue> values) {
        List<Difference> differences = new ArrayList<>();
        for (PlanningRound.Means each : means) {
            if (values.get(each.towardOutput()) instanceof StepValue.Activation toward
                    && values.get(each.awayOutput()) instanceof StepValue.Activation away) {
                differences.add(new Difference(each, new DifferenceParts(toward, away)));
            }
        }
        return Stream.concat(DominantPosition.notices(differences).stream(), EqualMeans.notices(differences).stream())
                .toList();
    }

    /** Two means that are known, and what their difference consists of. */
    record Difference(PlanningRound.Means means, DifferenceParts parts) {}
}
