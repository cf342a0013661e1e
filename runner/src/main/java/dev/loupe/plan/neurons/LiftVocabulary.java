package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Whether the tokens that follow where each neuron is most active more often than elsewhere are those that its output weights raise.
 *
 * @param rows the rows that were read
 * @param sample the step that holds activations at sampled positions
 * @param neurons those that were asked for
 * @param of their axes
 * @param minCount how often a token must follow to count
 */
public record LiftVocabulary(
        int id,
        int load,
        ModelRef model,
        RowsRef rows,
        int sample,
        List<NeuronName> neurons,
        List<Axis> of,

        int minCount)
        implements VocabularyStep {
    public static final Axis PART = new Axis("part", List.of("lift", "precision"));

    public LiftVocabulary {
        neurons = List.copyOf(neurons);
        of = List.copyOf(of);
    }

    @Override
    public Axis told() {
        return PART;
    }

    @Override
    public List<Integer> inputs() {
        return List.of(load, sample);
    }

    @Override
    public LiftVocabulary renamed(IntUnaryOperator names) {
        return new LiftVocabulary(
                names.applyAsInt(id),
                names.applyAsInt(load),
                model,
                rows,
                names.applyAsInt(sample),
                neurons,
                of,
                minCount);
    }

    @Override
    public boolean samplesRows() {
        return false;
    }

    @Override
    public void check(EarlierSteps earlier) {
        VocabularyStep.super.check(earlier);
        earlier.reads(this, sample, Summarise.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.liftVocabulary(this);
    }
}
