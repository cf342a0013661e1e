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
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Runs the rows of top examples once more and tells whether each neuron is the most active of its layer there.
 *
 * @param examples the step that chose them
 * @param sample the step that holds activations at sampled positions, by which neurons are standardised
 * @param site where the neurons are read
 * @param neurons those that were asked for
 * @param of their axes
 * @param top how many examples of each
 * @param positions how many positions were scanned
 */
public record RankExamples(
        int id,
        int load,
        ModelRef model,
        RowsRef rows,
        int examples,
        int sample,
        Site site,
        List<NeuronName> neurons,
        List<Axis> of,
        int top,
        long positions)
        implements NeuronModelStep {
    /** What is told of each neuron. */
    public static final Axis PART =
            new Axis("part", List.of("raw", "z-scored", "norm-weighted", "percentile", "hub", "independent"));

    public RankExamples {
        neurons = List.copyOf(neurons);
        of = List.copyOf(of);
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(of);
        axes.add(0, PART);
        return axes;
    }

    @Override
    public List<Integer> inputs() {
        return List.of(load, examples, sample);
    }

    @Override
    public RankExamples renamed(IntUnaryOperator names) {
        return new RankExamples(
                names.applyAsInt(id),
                names.applyAsInt(load),
                model,
                rows,
                names.applyAsInt(examples),
                names.applyAsInt(sample),
                site,
                neurons,
                of,
                top,
                positions);
    }

    @Override
    public String describe() {
        return "ranks of " + Count.of(neurons.size(), "neuron") + " at their own examples";
    }

    private Forward one(int count) {
        RowsRef longest = rows.uniform(rows.longest(), count);
        return Forward.whole(id, load, model, longest, List.of(Cell.CLEAN), List.of(), LogitsRead.NONE);
    }

    @Override
    public long flops() {
        return one((int) Math.min((long) top * neurons.size(), rows.rows())).flops();
    }

    @Override
    public long bytes() {
        return one(1).bytes();
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
        NeuronModelStep.super.check(earlier);
        earlier.reads(this, sample, Summarise.class);
        ChooseExamples.required(earlier, this, examples);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.rankExamples(this);
    }
}
