package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.Combination;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Several results of the same axes as one, number by number.
 *
 * @param read each in one model; the axes of the others are those of the first, in any order
 * @param least a divisor nearer to 0 has no ratio
 */
public record CellByCell(int id, List<FamilyResults> read, Combination take, double least) implements ValueStep {
    public CellByCell {
        read = List.copyOf(read);
    }

    @Override
    public List<Integer> inputs() {
        return read.stream().flatMap(one -> one.inputs().stream()).distinct().toList();
    }

    @Override
    public CellByCell renamed(IntUnaryOperator names) {
        return new CellByCell(
                names.applyAsInt(id),
                read.stream().map(one -> one.renamed(names)).toList(),
                take,
                least);
    }

    @Override
    public String describe() {
        return take.word() + ", number by number";
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return read.get(0).axes(steps);
    }

    @Override
    public boolean samplesRows() {
        return read.stream().anyMatch(FamilyResults::sampled);
    }

    @Override
    public void check(EarlierSteps earlier) {
        inputs().forEach(result -> earlier.numbers(this, result));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.cellByCell(this);
    }
}
