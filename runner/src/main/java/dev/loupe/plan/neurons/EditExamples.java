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
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Runs the examples of neurons again with the neuron changed everywhere, and compares what the model predicts after each with
 * what it predicts unchanged.
 *
 * @param examples the step that chose them
 * @param sample the step that holds these neurons' activations at sampled positions; the examples themselves where none are needed
 * @param site where the neurons are
 * @param neurons those that were asked for
 * @param of their axes
 * @param side the side of 0 on which they fire
 * @param counts how many examples each has
 * @param written what is written in place of the activation, one after another
 * @param seed of what is drawn
 */
public record EditExamples(
        int id,
        int load,
        ModelRef model,
        RowsRef rows,
        int examples,
        int sample,
        Site site,
        List<NeuronName> neurons,
        List<Axis> of,
        FiringSide side,
        ExampleCounts counts,
        List<Written> written,
        long seed)
        implements NeuronModelStep {
    private static final Axis PART = new Axis("part", List.of("loss", "kl"));

    /** Examples that run together, at most. */
    public static final int TOGETHER = 16;

    /** What is written in place of a neuron's activation, at every token. */
    public enum Written {
        @Doc("Nothing of it is left.")
        ZERO,
        @Doc("Its mean over the sampled positions.")
        MEAN,
        @Doc("At each token its activation at a sampled position, drawn for each token.")
        RESAMPLE
    }

    /** After which tokens predictions are compared. */
    public enum Place {
        @Doc("Those where it is furthest from 0.")
        FIRING,
        @Doc("Of the random ones those where it is less than a tenth as far from 0.")
        SILENT,
        @Doc("Tokens drawn at random from the sampled positions.")
        RANDOM
    }

    public EditExamples {
        neurons = List.copyOf(neurons);
        of = List.copyOf(of);
        written = List.copyOf(written);
    }

    /** The places that have examples. */
    public List<Place> places() {
        return counts.random() == 0 ? List.of(Place.FIRING) : List.of(Place.values());
    }

    /** The most examples of a kind. */
    public int most() {
        return Math.max(Math.max(counts.top(), counts.lowest()), counts.random());
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(List.of(
                PART,
                new Axis("with", written.stream().map(ConstantDoc::word).toList()),
                new Axis("at", places().stream().map(ConstantDoc::word).toList())));
        axes.addAll(of);
        return axes;
    }

    @Override
    public List<Integer> inputs() {
        return sample == examples ? List.of(load, examples) : List.of(load, examples, sample);
    }

    @Override
    public EditExamples renamed(IntUnaryOperator names) {
        return new EditExamples(
                names.applyAsInt(id),
                names.applyAsInt(load),
                model,
                rows,
                names.applyAsInt(examples),
                names.applyAsInt(sample),
                site,
                neurons,
                of,
                side,
                counts,
                written,
                seed);
    }

    @Override
    public String describe() {
        return "predictions after the examples of " + Count.of(neurons.size(), "neuron") + ", without "
                + (neurons.size() == 1 ? "it" : "them");
    }

    /** Rows as long as the longest, each as a run of its own. */
    private Forward rows(int count) {
        RowsRef longest = rows.uniform(rows.longest(), count);
        return Forward.whole(id, load, model, longest, List.of(Cell.CLEAN), List.of(), LogitsRead.NONE);
    }

    /** At most: every example has all of its row before it. */
    @Override
    public long flops() {
        int each = Math.max(counts.top(), counts.lowest()) + counts.random();
        return rows(neurons.size() * each * (1 + written.size())).flops();
    }

    /** One row with and without each change, and the logits of a batch's examples. */
    @Override
    public long bytes() {
        long logits = 8L * TOGETHER * (1 + written.size()) * model.shape().outputs();
        return rows(1 + written.size()).bytes() + logits;
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
        ChooseExamples.required(earlier, this, examples);
        if (sample != examples) {
            earlier.reads(this, sample, Summarise.class);
        }
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.editExamples(this);
    }
}
