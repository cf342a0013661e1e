package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * The activations of some neurons at sampled positions as they are, in the order of rows and positions; undefined beyond those
 * that there are.
 *
 * @param sample the step that holds them, of these neurons alone
 * @param neurons the axes of the neurons
 * @param most how many positions there are at most
 */
public record SampledValues(int id, int sample, List<Axis> neurons, int most) implements NeuronStep {
    public SampledValues {
        neurons = List.copyOf(neurons);
    }

    @Override
    public List<Integer> inputs() {
        return List.of(sample);
    }

    @Override
    public SampledValues renamed(IntUnaryOperator names) {
        return new SampledValues(names.applyAsInt(id), names.applyAsInt(sample), neurons, most);
    }

    @Override
    public String describe() {
        return "activations of " + Count.of(NamedArray.sizeOf(neurons), "neuron") + " at up to "
                + Count.of(most, "position");
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> axes = new ArrayList<>(neurons);
        axes.add(Axis.counted("position", most));
        return axes;
    }

    @Override
    public boolean samplesRows() {
        return false;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, sample, Summarise.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.sampledValues(this);
    }
}
