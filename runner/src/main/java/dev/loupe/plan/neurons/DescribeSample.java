package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.DistributionPart;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * How each sampled quantity is distributed over positions, with groups of documents left out in turn.
 *
 * @param sample the step that holds the quantities at sampled positions
 * @param rows the rows that were sampled
 * @param quantities the axes of the quantities, layers first
 */
public record DescribeSample(int id, int sample, RowsRef rows, List<DistributionPart> parts, List<Axis> quantities)
        implements NeuronStep {
    /** Documents are put into so many groups, and there must be as many documents. */
    public static final int GROUPS = 20;

    public DescribeSample {
        parts = List.copyOf(parts);
        quantities = List.copyOf(quantities);
    }

    @Override
    public List<Integer> inputs() {
        return List.of(sample);
    }

    @Override
    public DescribeSample renamed(IntUnaryOperator names) {
        return new DescribeSample(names.applyAsInt(id), names.applyAsInt(sample), rows, parts, quantities);
    }

    @Override
    public String describe() {
        return "distribution of " + Count.of(NamedArray.sizeOf(quantities), "quantity", "quantities");
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(quantities);
        axes.add(0, new Axis("part", parts.stream().map(DistributionPart::word).toList()));
        return axes;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes();
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, sample, Summarise.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.describeSample(this);
    }
}
