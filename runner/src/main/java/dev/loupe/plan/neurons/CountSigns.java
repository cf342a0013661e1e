package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * How often the two sides of gated neurons have which signs at sampled positions, and the activation there, document by document.
 *
 * @param gate the step with the side that the activation function is applied to
 * @param up the step with the other one
 * @param activation the step with the activations, at the same positions
 * @param rows the rows that were sampled
 * @param neurons the axes of the neurons
 */
public record CountSigns(int id, int gate, int up, int activation, RowsRef rows, List<Axis> neurons)
        implements NeuronStep {
    public CountSigns {
        neurons = List.copyOf(neurons);
    }

    @Override
    public List<Integer> inputs() {
        return List.of(gate, up, activation);
    }

    @Override
    public CountSigns renamed(IntUnaryOperator names) {
        return new CountSigns(
                names.applyAsInt(id),
                names.applyAsInt(gate),
                names.applyAsInt(up),
                names.applyAsInt(activation),
                rows,
                neurons);
    }

    @Override
    public String describe() {
        return "signs of gate and up of " + Count.of(NamedArray.sizeOf(neurons), "neuron");
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    private static Axis signs(String side) {
        return new Axis(side, List.of(side + "-negative", side + "-positive"));
    }

    /** [part, neuron..., gate, up] */
    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(List.of(new Axis("part", List.of("share", "mean"))));
        axes.addAll(neurons);
        axes.add(signs("gate"));
        axes.add(signs("up"));
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
        inputs().forEach(input -> earlier.reads(this, input, Summarise.class));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.countSigns(this);
    }
}
