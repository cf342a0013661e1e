package dev.loupe.plan.neurons;

import dev.loupe.hook.Site;
import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
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
 * Runs the top examples of neurons again with ever more of the text before them, until their activation is back.
 *
 * @param examples the step that chose them
 * @param site where the neurons are read
 * @param neurons those that were asked for
 * @param of their axes
 * @param side the side of 0 on which the examples are
 * @param top examples of each
 */
public record ShortenContexts(
        int id,
        int load,
        ModelRef model,
        RowsRef rows,
        int examples,
        Site site,
        List<NeuronName> neurons,
        List<Axis> of,
        FiringSide side,
        int top,
        Windows windows)
        implements NeuronModelStep {
    private static final Axis PART = new Axis("part", List.of("tokens", "reached", "needed", "beyond-copy"));

    public ShortenContexts {
        neurons = List.copyOf(neurons);
        of = List.copyOf(of);
    }

    /**
     * How much of the text is left.
     *
     * @param keep shares of the whole text's activation that count as having it back, ascending
     * @param positions whether tokens keep their positions, or begin at position 0
     * @param first whether the row's own first token stays before them
     * @param most tokens, at most
     */
    public record Windows(List<Double> keep, boolean positions, boolean first, int most) {
        public Windows {
            keep = List.copyOf(keep);
        }
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(List.of(
                PART,
                new Axis("keep", windows.keep().stream().map(String::valueOf).toList())));
        axes.addAll(of);
        return axes;
    }

    @Override
    public List<Integer> inputs() {
        return List.of(load, examples);
    }

    @Override
    public ShortenContexts renamed(IntUnaryOperator names) {
        return new ShortenContexts(
                names.applyAsInt(id),
                names.applyAsInt(load),
                model,
                rows,
                names.applyAsInt(examples),
                site,
                neurons,
                of,
                side,
                top,
                windows);
    }

    @Override
    public String describe() {
        return "shorter contexts for the examples of " + Count.of(neurons.size(), "neuron");
    }

    /** A row of some length. */
    private Forward row(int length) {
        return Forward.whole(id, load, model, rows.uniform(length, 1), List.of(Cell.CLEAN), List.of(), LogitsRead.NONE);
    }

    /** At most: every example needs all of its text. */
    @Override
    public long flops() {
        int lengths = Math.min(windows.most(), rows.longest());
        int length = windows.positions() ? rows.longest() : Math.max(1, lengths / 2);
        return (long) neurons.size() * top * lengths * row(length).flops();
    }

    @Override
    public long bytes() {
        return row(rows.longest()).bytes();
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
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.shortenContexts(this);
    }
}
