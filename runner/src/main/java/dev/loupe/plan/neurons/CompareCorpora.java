package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Whether neurons look pure on each of two corpora, by different rules, and are not pure on both together.
 *
 * @param first the step that holds the neurons' activations in one corpus
 * @param second the step that holds them in the other one
 * @param neurons those that were asked for
 * @param of their axes
 * @param silent a neuron whose largest activation on one corpus is below this share of that on the other is silent there
 * @param transfer the area under the curve up to which a rule of one corpus tells nothing on the other
 * @param rates whether the result is about all neurons together
 */
public record CompareCorpora(
        int id,
        int first,
        RowsRef firstRows,
        int second,
        RowsRef secondRows,
        List<NeuronName> neurons,
        List<Axis> of,
        PurityOptions options,
        double silent,
        double transfer,
        boolean rates)
        implements NeuronStep {
    public static final List<String> PARTS =
            List.of("first", "second", "both", "transfer", "scale", "disjoint", "illusion");

    public CompareCorpora {
        neurons = List.copyOf(neurons);
        of = List.copyOf(of);
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(List.of(new Axis("part", PARTS)));
        if (!rates) {
            axes.addAll(of);
        }
        return axes;
    }

    @Override
    public List<Integer> inputs() {
        return List.of(first, second);
    }

    @Override
    public CompareCorpora renamed(IntUnaryOperator names) {
        return new CompareCorpora(
                names.applyAsInt(id),
                names.applyAsInt(first),
                firstRows,
                names.applyAsInt(second),
                secondRows,
                neurons,
                of,
                options,
                silent,
                transfer,
                rates);
    }

    @Override
    public String describe() {
        return "rules for " + Count.of(neurons.size(), "neuron") + " on two corpora";
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
        return rates;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, first, Summarise.class);
        earlier.reads(this, second, Summarise.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.compareCorpora(this);
    }
}
