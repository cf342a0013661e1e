package dev.loupe.plan;

import dev.loupe.plan.ask.Computation;
import dev.loupe.plan.ask.ModelRef;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Computes on a model's weights; no rows are run. */
public record Compute(int id, Computation computation, int load, ModelRef model) implements PlanStep {
    @Override
    public List<Integer> inputs() {
        return List.of(load);
    }

    @Override
    public Compute renamed(IntUnaryOperator names) {
        return new Compute(names.applyAsInt(id), computation, names.applyAsInt(load), model);
    }

    @Override
    public String describe() {
        return computation.label() + " of " + model.label();
    }
}
