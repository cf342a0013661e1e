package dev.loupe.resolve;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.model.ModelInstance;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be planned now. A measurement that chooses components by an earlier result waits for a later wave.
 *
 * @param outputs for each measurement planned here its outputs, in order: one per model, then its null's
 * @param waiting measurements of later waves
 * @param needs for each measurement the results by which it chooses components or edges
 * @param models every model that the plan names, by identity
 * @param undefined for each output that is undefined, since a choice found nothing, the reason
 */
public record PlanningRound(
        ExecutionPlan plan,
        Map<String, Outputs> outputs,
        List<String> waiting,
        Map<String, Set<Need>> needs,
        Map<String, ModelInstance> models,
        Map<String, String> undefined) {
    static final List<String> EDGES = List.of("upstream", "downstream");

    /**
     * @param by the result
     * @param kind what is chosen: {@code heads}
     * @param axes those of what is chosen, which the result must have
     * @param where labels by axis that narrow the result
     */
    record Need(String by, String kind, List<String> axes, Map<String, String> where) {}

    /**
     * @param units output names, one per model of the family
     * @param chance output names of the null's draws in each model, empty where there is none; models in which a draw is the
     *     same name the same output
     * @param means of the directions along which the runs of the models are edited
     */
    public record Outputs(List<String> units, List<List<String>> chance, List<Means> means) {}

    /**
     * The two means of a direction.
     *
     * @param point where the runs are edited
     * @param toward the dataset of the mean that it points to
     * @param away the dataset of the mean that it starts from
     * @param towardOutput the output that holds what each position adds to the one mean
     * @param awayOutput the same of the other
     */
    public record Means(HookPoint point, String toward, String away, String towardOutput, String awayOutput) {}
}
