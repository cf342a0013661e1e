package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * How alike activations are in rows of two datasets that belong together.
 *
 * @param first the step that holds the activations of each row of one dataset
 * @param second the step that holds them of the other one
 * @param each whether every component is compared by itself over rows; all of a layer together in each row otherwise
 * @param by a label of the first dataset whose values tell rows that do not belong together, empty for none
 */
public record CompareRows(
        int id, int first, RowsRef rows, int second, RowsRef others, boolean each, String by, long seed)
        implements NeuronStep {
    private static final Axis PART = new Axis("part", List.of("same", "other"));

    @Override
    public List<Integer> inputs() {
        return List.of(first, second);
    }

    @Override
    public CompareRows renamed(IntUnaryOperator names) {
        return new CompareRows(
                names.applyAsInt(id), names.applyAsInt(first), rows, names.applyAsInt(second), others, each, by, seed);
    }

    @Override
    public String describe() {
        return "how alike rows of " + rows.name() + " and " + others.name() + " are";
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    /** The axes of the result, of activations with these. */
    public List<Axis> axes(List<Axis> values) {
        List<Axis> axes = new ArrayList<>(List.of(PART));
        axes.addAll(each ? values : values.subList(0, 1));
        return axes;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes(Objects.requireNonNull(steps.apply(first).axes(steps)));
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, first, ReadRows.class);
        earlier.reads(this, second, ReadRows.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.compareRows(this);
    }
}
