package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.Summarise;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sets the logits of a few rows in several runs beside each other, token by token.
 *
 * @param runs {@link Summarise} steps that keep the same rows' logits
 * @param names what the runs are called: {@code clean}, {@code patched}
 * @param change the two places in {@code runs} whose difference is told: from, to; empty with one run
 * @param at what the position is called
 * @param top how many tokens at each end
 */
public record CompareLogits(int id, List<Integer> runs, List<String> names, List<Integer> change, String at, int top)
        implements ValueStep {
    public CompareLogits {
        runs = List.copyOf(runs);
        names = List.copyOf(names);
        change = List.copyOf(change);
    }

    @Override
    public List<Integer> inputs() {
        return runs;
    }

    @Override
    public CompareLogits renamed(IntUnaryOperator ids) {
        return new CompareLogits(
                ids.applyAsInt(id), runs.stream().map(ids::applyAsInt).toList(), names, change, at, top);
    }

    @Override
    public String describe() {
        return "logits of " + String.join(", ", names) + " beside each other";
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public @Nullable List<Axis> axes(IntFunction<PlanStep> steps) {
        return steps.apply(runs.get(0)).axes(steps);
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        runs.forEach(run -> earlier.reads(this, run, RowReader.class));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.compareLogits(this);
    }
}
