package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Makes a model's weights available: read from a file, trained first where none is found, or planted. */
public record LoadModel(int id, ModelRef model) implements PlanStep {
    @Override
    public List<Integer> inputs() {
        return List.of();
    }

    @Override
    public PlanStep renamed(IntUnaryOperator names) {
        return new LoadModel(names.applyAsInt(id), model);
    }

    @Override
    public String describe() {
        return "model " + model.label();
    }
}
