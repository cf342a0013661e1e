package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Whether the tokens that follow the top examples of each neuron are those that its output weights raise.
 *
 * @param rows the rows that were read
 * @param examples the step that chose them
 * @param top how many of each
 * @param neurons those that were asked for
 * @param of their axes
 * @param minCount how often a token must follow to count
 */
public record AlignVocabulary(
        int id,
        int load,
        ModelRef model,
        RowsRef rows,
        int examples,
        List<NeuronName> neurons,
        List<Axis> of,
        int top,
        int minCount)
        implements VocabularyStep {
    public static final Axis PART = new Axis("part", List.of("own", "others", "alignment", "p"));

    public AlignVocabulary {
        neurons = List.copyOf(neurons);
        of = List.copyOf(of);
    }

    @Override
    public Axis told() {
        return PART;
    }

    @Override
    public List<Integer> inputs() {
        return List.of(load, examples);
    }

    @Override
    public AlignVocabulary renamed(IntUnaryOperator names) {
        return new AlignVocabulary(
                names.applyAsInt(id),
                names.applyAsInt(load),
                model,
                rows,
                names.applyAsInt(examples),
                neurons,
                of,
                top,
                minCount);
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        VocabularyStep.super.check(earlier);
        ChooseExamples.required(earlier, this, examples);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.alignVocabulary(this);
    }
}
