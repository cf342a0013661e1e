package dev.loupe.execute.edit;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.resolve.PlanningRound;
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
        return Stream.concat(
                        DominantPosition.notices(means, values).stream(), EqualMeans.notices(means, values).stream())
                .toList();
    }
}
