package dev.loupe.plan.neurons;

import dev.loupe.hook.Site;
import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the text around each of the chosen examples with the activation of its neuron at every token and the most probable next
 * tokens, for which the rows of the examples go on from where they were scanned.
 *
 * @param examples the step that chose them
 * @param activations the step that holds the activations of these neurons at every token; the examples themselves where that would
 *     take too much room, and the rows are run once more as far as the neurons
 * @param most how many there are at most
 * @param site where the neurons are read
 * @param neurons those that were asked for
 * @param before tokens that are shown before an example
 * @param after tokens that are shown after it
 */
public record ReadExamples(
        int id,
        int load,
        ModelRef model,
        RowsRef rows,
        int examples,
        int activations,
        int most,
        Site site,
        List<NeuronName> neurons,
        int before,
        int after)
        implements NeuronModelStep {
    public ReadExamples {
        neurons = List.copyOf(neurons);
    }

    @Override
    public List<Integer> inputs() {
        return activations == examples ? List.of(load, examples) : List.of(load, examples, activations);
    }

    @Override
    public ReadExamples renamed(IntUnaryOperator names) {
        return new ReadExamples(
                names.applyAsInt(id),
                names.applyAsInt(load),
                model,
                rows,
                names.applyAsInt(examples),
                names.applyAsInt(activations),
                most,
                site,
                neurons,
                before,
                after);
    }

    @Override
    public String describe() {
        return "text around the examples of " + Count.of(neurons.size(), "neuron");
    }

    /** One row at a time, each to its end: the most that it can be. */
    private Forward one(int count) {
        RowsRef longest = rows.uniform(rows.longest(), count);
        return Forward.whole(id, load, model, longest, List.of(Cell.CLEAN), List.of(), LogitsRead.EVERYWHERE);
    }

    @Override
    public long flops() {
        return one(Math.min(most, rows.rows())).flops();
    }

    @Override
    public long bytes() {
        return one(1).bytes();
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
        NeuronModelStep.super.check(earlier);
        ChooseExamples.required(earlier, this, examples);
        if (activations != examples) {
            earlier.reads(this, activations, Summarise.class);
        }
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.readExamples(this);
    }
}
