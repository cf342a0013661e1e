package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

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

    @Override
    public Turn turn() {
        return Turn.WITH_OTHERS;
    }

    @Override
    public long flops() {
        return 0;
    }

    @Override
    public List<ModelRef> models() {
        return List.of(model);
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public @Nullable List<Axis> axes(IntFunction<PlanStep> steps) {
        return null;
    }

    @Override
    public boolean samplesRows() {
        return false;
    }

    @Override
    public void check(EarlierSteps earlier) {
        // It needs no other step.
    }

    @Override
    public List<String> lines(Lifetimes lifetimes) {
        return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.load(this);
    }
}
