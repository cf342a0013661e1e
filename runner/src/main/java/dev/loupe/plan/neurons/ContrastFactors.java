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
 * What factors of crossed prompts do to activations, group by group.
 *
 * @param values the step that holds the activations of each row
 * @param rows the prompts
 * @param factors one or two labels that are {@code own} or {@code other}
 * @param by a label whose values are told apart, empty for none
 * @param kinds the names of its values
 */
public record ContrastFactors(int id, int values, RowsRef rows, List<String> factors, String by, List<String> kinds)
        implements NeuronStep {
    public ContrastFactors {
        factors = List.copyOf(factors);
        kinds = List.copyOf(kinds);
    }

    /** What is told of two factors, or of one. */
    public Axis part() {
        return new Axis(
                "part",
                factors.size() == 1
                        ? List.of("effect", "scaled", "win-rate")
                        : List.of("interaction", "scaled", "and-ness", factors.get(0), factors.get(1)));
    }

    /** The axes beside those of the components. */
    public List<Axis> outer() {
        return by.isEmpty() ? List.of(part()) : List.of(part(), new Axis(by, kinds));
    }

    @Override
    public List<Integer> inputs() {
        return List.of(values);
    }

    @Override
    public ContrastFactors renamed(IntUnaryOperator names) {
        return new ContrastFactors(names.applyAsInt(id), names.applyAsInt(values), rows, factors, by, kinds);
    }

    @Override
    public String describe() {
        return "what " + String.join(" and ", factors) + " do, group by group";
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> axes = new ArrayList<>(outer());
        axes.addAll(Objects.requireNonNull(steps.apply(values).axes(steps)));
        return axes;
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, values, ReadRows.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.contrastFactors(this);
    }
}
