package dev.loupe.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

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

    public ExecutionPlan build() {
        return new ExecutionPlan(steps, outputs);
    }
}
