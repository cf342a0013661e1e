package dev.loupe.plan;

import dev.loupe.plan.ask.Computation;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
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

    @Override
    public Turn turn() {
        return Turn.WEIGHTS;
    }

    @Override
    public long flops() {
        return computation.flops(model.shape());
    }

    @Override
    public List<ModelRef> models() {
        return List.of(model);
    }

    @Override
    public long bytes() {
        return computation.bytes(model.shape());
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return computation.axes(model.shape());
    }

    @Override
    public boolean samplesRows() {
        return false;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.loads(this, load, model);
    }

    @Override
    public List<String> lines(Lifetimes lifetimes) {
        return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.compute(this);
    }
}
