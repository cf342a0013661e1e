package dev.loupe.resolve;

import dev.loupe.plan.ExecutionPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be planned now. A measurement that chooses heads by an earlier result waits for a later wave.
 *
 * @param outputs for each measurement planned here its outputs, in order: one per model, then its null's
 * @param waiting measurements of later waves
 * @param needs for each measurement the results by which it chooses heads or edges
 * @param models every model that the plan names, by identity
 * @param undefined for each output that is undefined, since a choice found nothing, the reason
 */
public record Wave(
        ExecutionPlan plan,
        Map<String, Outputs> outputs,
        List<String> waiting,
        Map<String, Set<Need>> needs,
        Map<String, ModelUnit> models,
        Map<String, String> undefined) {
    static final List<String> HEADS = List.of("layer", "head");
    static final List<String> EDGES = List.of("upstream", "downstream");

    /**
     * @param by the result
     * @param axes those of what is chosen, which the result must have
     */
    record Need(String by, List<String> axes) {}

    /**
     * @param units output names, one per model of the family
     * @param chance output names of the null, empty where there is none
     */
    public record Outputs(List<String> units, List<String> chance) {}
}
