package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Linear probes of labels, fitted on some documents and tested on the others, beside what the same fit gives for labels that say
 * nothing; or the directions that they found.
 *
 * @param sample the step that holds activations at sampled positions
 * @param untrained the same probes in untrained models, none where that is not asked for
 * @param rows the rows that were sampled, which have the labels
 * @param options how probes are fitted
 * @param layers of the sample
 * @param direction the axis of the directions, whose numbers are then the result; null for the scores
 */
public record FitProbe(
        int id,
        int sample,
        List<Integer> untrained,
        RowsRef rows,
        ProbeOptions options,
        List<Integer> layers,
        @Nullable Axis direction)
        implements NeuronStep {
    private static final String UNTRAINED = "untrained";

    /** What is told of each label and layer where untrained models are asked too. */
    public static final Axis PART =
            new Axis("part", List.of("score", "train-score", "shuffled", "tokens", "control", UNTRAINED));

    public FitProbe {
        untrained = List.copyOf(untrained);
        layers = List.copyOf(layers);
    }

    /** The axis of what is told. */
    public Axis part() {
        return untrained.isEmpty()
                ? new Axis(
                        "part",
                        PART.labels().stream()
                                .filter(part -> !part.equals(UNTRAINED))
                                .toList())
                : PART;
    }

    /** Axes of one score or direction. */
    public List<Axis> cells() {
        List<Axis> axes = new ArrayList<>();
        axes.add(new Axis("label", options.labels()));
        axes.add(new Axis("layer", layers.stream().map(String::valueOf).toList()));
        if (!options.k().isEmpty()) {
            axes.add(new Axis("k", options.k().stream().map(String::valueOf).toList()));
        }
        return axes;
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(cells());
        if (direction == null) {
            axes.add(0, part());
        } else {
            axes.add(direction);
        }
        return axes;
    }

    @Override
    public List<Integer> inputs() {
        List<Integer> inputs = new ArrayList<>(untrained);
        inputs.add(sample);
        return inputs.stream().distinct().toList();
    }

    @Override
    public FitProbe renamed(IntUnaryOperator names) {
        return new FitProbe(
                names.applyAsInt(id),
                names.applyAsInt(sample),
                untrained.stream().map(names::applyAsInt).toList(),
                rows,
                options,
                layers,
                direction);
    }

    @Override
    public String describe() {
        return "probes of " + Count.of(options.labels().size(), "label") + " in " + Count.of(layers.size(), "layer");
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes();
    }

    @Override
    public boolean samplesRows() {
        return direction == null;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, sample, Summarise.class);
        untrained.forEach(probe -> earlier.numbers(this, probe));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.fitProbe(this);
    }
}
