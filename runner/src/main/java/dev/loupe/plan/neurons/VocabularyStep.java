package dev.loupe.plan.neurons;

import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What neurons raise, held against the tokens that follow where they fire. */
sealed interface VocabularyStep extends NeuronModelStep permits AlignVocabulary, LiftVocabulary {
    RowsRef rows();

    List<NeuronName> neurons();

    /** The axes of the neurons. */
    List<Axis> of();

    /** How often a token must follow to count. */
    int minCount();

    /** What is told of each neuron. */
    Axis told();

    default List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(of());
        axes.add(0, told());
        return axes;
    }

    @Override
    default List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes();
    }

    @Override
    default String describe() {
        return "vocabulary attribution of " + Count.of(neurons().size(), "neuron") + " against what follows";
    }

    /** At most: only tokens that follow often enough are multiplied. */
    @Override
    default long flops() {
        long layers = neurons().stream().map(NeuronName::layer).distinct().count();
        return 2L * layers * model().shape().dMlp() * model().shape().dModel() * columns();
    }

    private long columns() {
        return Math.min(model().shape().outputs(), rows().tokens() / minCount() + 1);
    }

    @Override
    default long bytes() {
        return 16L * model().shape().dMlp() * columns();
    }
}
