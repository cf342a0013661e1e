package dev.loupe.plan;

import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Collects steps while a spec is resolved. It shares nothing: what is common is found by the optimizer. */
public final class PlanBuilder {
    private final List<PlanStep> steps = new ArrayList<>();
    private final Map<String, Integer> outputs = new LinkedHashMap<>();
    private int next;

    /** Adds the step that {@code make} builds for its id. */
    public int add(IntFunction<PlanStep> make) {
        int id = next++;
        steps.add(make.apply(id));
        return id;
    }

    /** Where the plan stands, for {@link #rollback}. */
    public int mark() {
        return next;
    }

    /** The steps added since a mark. */
    public List<PlanStep> since(int mark) {
        return steps.stream().filter(step -> step.id() >= mark).toList();
    }

    /** Takes back every step added since a mark, and outputs that name one. */
    public void rollback(int mark) {
        steps.removeIf(step -> step.id() >= mark);
        outputs.values().removeIf(id -> id >= mark);
    }

    public void output(String name, int id) {
        outputs.put(name, id);
    }

    /** The axes of an output, null where its value is no array. */
    @Nullable
    public List<Axis> axes(String output) {
        Map<Integer, PlanStep> byId = new HashMap<>();
        steps.forEach(step -> byId.put(step.id(), step));
        return Objects.requireNonNull(byId.get(outputs.get(output))).axes(id -> Objects.requireNonNull(byId.get(id)));
    }

    public ExecutionPlan build() {
        return new ExecutionPlan(steps, outputs);
    }
}
