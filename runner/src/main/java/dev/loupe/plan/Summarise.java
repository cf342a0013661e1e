package dev.loupe.plan;

import dev.loupe.plan.ask.Readout;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Folds a clean run over all its rows into one value (a mean activation, a few kept examples). */
public record Summarise(int id, Readout reading, int forward) implements RowReader {
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

    @Override
    public List<Integer> forwards() {
        return List.of(forward);
    }

    @Override
    public @Nullable List<Axis> axes(IntFunction<PlanStep> steps) {
        Forward run = (Forward) steps.apply(forward);
        return reading.foldsToNumbers() ? reading.axes(run.model().shape(), run.rows()) : null;
    }

    /** What is folded into numbers keeps no rows to draw again. */
    @Override
    public boolean samplesRows() {
        return !reading.foldsToNumbers();
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.satisfies(earlier.forward(forward), reading);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.summarise(this);
    }
}
