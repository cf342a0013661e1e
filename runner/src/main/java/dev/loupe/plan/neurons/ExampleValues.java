package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * The largest or the smallest activations of each neuron, the most extreme first; undefined where there are fewer.
 *
 * @param examples the step that chose them
 * @param neurons the axes of the neurons
 * @param smallest whether they are the smallest
 * @param most how many of each
 */
public record ExampleValues(int id, int examples, List<Axis> neurons, boolean smallest, int most)
        implements NeuronStep {
    public ExampleValues {
        neurons = List.copyOf(neurons);
    }

    @Override
    public List<Integer> inputs() {
        return List.of(examples);
    }

    @Override
    public ExampleValues renamed(IntUnaryOperator names) {
        return new ExampleValues(names.applyAsInt(id), names.applyAsInt(examples), neurons, smallest, most);
    }

    @Override
    public String describe() {
        return "activations at the examples of " + Count.of(NamedArray.sizeOf(neurons), "neuron");
    }

    @Override
    public Turn turn() {
        return Turn.DERIVED;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        List<Axis> axes = new ArrayList<>(neurons);
        axes.add(Axis.counted("example", most));
        return axes;
    }

    @Override
    public boolean samplesRows() {
        return false;
    }

    @Override
    public void check(EarlierSteps earlier) {
        ChooseExamples.required(earlier, this, examples);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.exampleValues(this);
    }
}
