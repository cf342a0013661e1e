package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Positions that are examples of each neuron: those with the largest and the smallest activation, and others drawn at random.
 * No document gives two examples of one kind, and documents of the same tokens count as one.
 *
 * @param scan the step that holds the extremes of each row
 * @param sample the step that holds activations at sampled positions; the scan itself where none is needed
 * @param rows the rows that were scanned
 * @param neurons whose examples
 * @param seed of what is drawn
 */
public record ChooseExamples(
        int id, int scan, int sample, RowsRef rows, List<NeuronName> neurons, ExampleCounts counts, long seed)
        implements NeuronStep {
    public ChooseExamples {
        neurons = List.copyOf(neurons);
    }

    /** Checks that a step which needs examples names one that chooses them. */
    static void required(EarlierSteps earlier, PlanStep step, int examples) {
        if (!(earlier.step(examples) instanceof ChooseExamples)) {
            throw new IllegalStateException("#" + step.id() + " needs #" + examples + ", which chooses no examples");
        }
    }

    @Override
    public List<Integer> inputs() {
        return scan == sample ? List.of(scan) : List.of(scan, sample);
    }

    @Override
    public ChooseExamples renamed(IntUnaryOperator names) {
        return new ChooseExamples(
                names.applyAsInt(id), names.applyAsInt(scan), names.applyAsInt(sample), rows, neurons, counts, seed);
    }

    @Override
    public String describe() {
        return "examples of " + Count.of(neurons.size(), "neuron");
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public @Nullable List<Axis> axes(IntFunction<PlanStep> steps) {
        return null;
    }

    @Override
    public boolean samplesRows() {
        return false;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, scan, Summarise.class);
        earlier.reads(this, sample, Summarise.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.chooseExamples(this);
    }
}
