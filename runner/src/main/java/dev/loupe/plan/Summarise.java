package dev.loupe.plan;

import dev.loupe.plan.ask.Readout;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Folds a clean run over all its rows into one value (a mean activation, a few kept examples). */
public record Summarise(int id, Readout reading, int forward) implements PlanStep {
    @Override
    public List<Integer> inputs() {
        return List.of(forward);
    }

    @Override
    public Summarise renamed(IntUnaryOperator names) {
        return new Summarise(names.applyAsInt(id), reading, names.applyAsInt(forward));
    }

    @Override
    public String describe() {
        return reading.label() + " over all rows";
    }
}
