package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Recheck;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * How well estimates and exact values of the same cells agree, over the cells that were run.
 *
 * @param recheck a {@link Recheck}, or a {@link RecheckRows}
 * @param rows whether each row's own cells are compared; the value is then a table of rows
 * @param top how many of the largest are compared as a set
 */
public record Agreement(int id, int recheck, boolean rows, int top) implements ValueStep {
    /** The axis of its value. */
    public Axis axis() {
        return new Axis("agreement", List.of("cells run", "rank correlation", "same sign", "top-" + top + " overlap"));
    }

    @Override
    public List<Integer> inputs() {
        return List.of(recheck);
    }

    @Override
    public Agreement renamed(IntUnaryOperator names) {
        return new Agreement(names.applyAsInt(id), names.applyAsInt(recheck), rows, top);
    }

    @Override
    public String describe() {
        return "agreement of estimates and exact values";
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return List.of(axis());
    }

    @Override
    public boolean samplesRows() {
        return rows;
    }

    @Override
    public void check(EarlierSteps earlier) {
        boolean exact = rows ? earlier.step(recheck) instanceof RecheckRows : earlier.step(recheck) instanceof Recheck;
        if (!exact) {
            throw new IllegalStateException("#" + id + " has no exact values to compare with");
        }
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.agreement(this);
    }
}
