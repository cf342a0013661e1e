package dev.loupe.resolve;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.WithinDirection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The differences of means along which the runs of one measurement are edited, kept so that a page can tell of them. */
final class DirectionMeans {
    private DirectionMeans() {}

    /**
     * Makes both means of each difference an output of the plan.
     *
     * @param mark where the steps of the measurement begin
     * @param output the measurement's own output
     */
    static List<PlanningRound.Means> keep(PlanBuilder builder, int mark, String output) {
        Map<Direction, PlanningRound.Means> kept = new LinkedHashMap<>();
        Map<Integer, String> datasets = new LinkedHashMap<>();
        for (PlanStep step : builder.since(mark)) {
            if (step instanceof Summarise summarise) {
                datasets.put(summarise.id(), dataset(builder.since(mark), summarise.forward()));
            } else if (step instanceof Forward forward) {
                forward.cells().stream().flatMap(cell -> cell.edits().stream()).forEach(edit -> {
                    Direction.DifferenceOfMeans means = means(edit);
                    if (means != null && !kept.containsKey(means)) {
                        kept.put(means, keep(builder, output, kept.size(), edit.point(), means, datasets));
                    }
                });
            }
        }
        return List.copyOf(kept.values());
    }

    private static PlanningRound.Means keep(
            PlanBuilder builder,
            String output,
            int number,
            HookPoint point,
            Direction.DifferenceOfMeans means,
            Map<Integer, String> datasets) {
        String name = output + "@direction " + number;
        builder.output(name + " toward", means.toward());
        builder.output(name + " away", means.away());
        return new PlanningRound.Means(
                point,
                datasets.getOrDefault(means.toward(), ""),
                datasets.getOrDefault(means.away(), ""),
                name + " toward",
                name + " away");
    }

    private static String dataset(List<PlanStep> steps, int forward) {
        return steps.stream()
                .filter(step -> step.id() == forward && step instanceof Forward)
                .map(step -> ((Forward) step).rows().name())
                .findFirst()
                .orElse("");
    }

    private static Direction.@Nullable DifferenceOfMeans means(Edit edit) {
        EditValue value = edit.value();
        @Nullable
        Direction direction = value instanceof DirectionEdit along
                ? along.direction()
                : value instanceof WithinDirection within ? within.direction() : null;
        while (direction instanceof Direction.RandomLike random) {
            direction = random.like();
        }
        return direction instanceof Direction.DifferenceOfMeans means ? means : null;
    }
}
