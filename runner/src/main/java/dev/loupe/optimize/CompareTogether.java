package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Memory;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.values.AgreeModels;
import dev.loupe.plan.values.OneCompared;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Models that are compared with the same others on the same rows are compared in one step, in which each model runs once: five seeds
 * beside each other make five runs and not thirty.
 */
public final class CompareTogether implements Rule {
    /** Weights that may be in memory together although no single comparison needs as much, in bytes. */
    private static final long ROOM = 1_000_000_000;

    /** What comparisons have in common that are made together. */
    private record Beside(List<ModelRef> others, List<Axis> leading, RowsRef rows) {}

    @Override
    public String name() {
        return "compare together";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        Map<Beside, List<AgreeModels>> groups = new LinkedHashMap<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof AgreeModels agree && agree.compared().size() == 1) {
                groups.computeIfAbsent(
                                new Beside(agree.others(), agree.leading(), agree.rows()), k -> new ArrayList<>())
                        .add(agree);
            }
        }
        groups.values().removeIf(group -> group.size() < 2 || !fits(group));
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        ExecutionPlan now = plan;
        List<String> did = new ArrayList<>();
        for (List<AgreeModels> group : groups.values()) {
            now = together(now, group);
            did.add(Count.of(group.size(), "model") + " in one step");
        }
        return Optional.of(new Rewrite(Ordered.of(now), String.join(", ", did)));
    }

    /** The comparison of some models that the steps of a group compare one by one. */
    private static AgreeModels with(int id, AgreeModels like, Collection<AgreeModels> group) {
        return new AgreeModels(
                id,
                group.stream().map(AgreeModels::load).toList(),
                group.stream().map(AgreeModels::model).toList(),
                like.otherLoads(),
                like.others(),
                like.leading(),
                like.rows());
    }

    private static boolean fits(List<AgreeModels> group) {
        long most = group.stream().mapToLong(CompareTogether::weights).max().orElse(0);
        return weights(with(-1, group.get(0), group)) <= Math.max(most, ROOM);
    }

    private static long weights(AgreeModels step) {
        return step.models().stream().mapToLong(Memory::weights).sum();
    }

    /** The group's one step in place of its first, after the loading of all that it needs. */
    private static ExecutionPlan together(ExecutionPlan plan, List<AgreeModels> group) {
        int id = 1 + plan.steps().stream().mapToInt(PlanStep::id).max().orElse(0);
        AgreeModels all = with(id, group.get(0), group);
        Set<Integer> members = group.stream().map(AgreeModels::id).collect(Collectors.toSet());
        Set<Integer> placed = new HashSet<>();
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step.id() == group.get(0).id()) {
                all.inputs().stream().filter(placed::add).map(plan::step).forEach(steps::add);
                steps.add(all);
                for (int i = 0; i < group.size(); i++) {
                    steps.add(new OneCompared(group.get(i).id(), id, i));
                }
            } else if (!members.contains(step.id()) && placed.add(step.id())) {
                steps.add(step);
            }
        }
        return new ExecutionPlan(steps, plan.outputs());
    }
}
