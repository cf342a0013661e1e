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
 * How far the examples of a neuron have one thing in common: of each neuron, or how many neurons are pure.
 *
 * @param sample the step that holds the neurons' activations at sampled positions
 * @param contexts the step that holds the residual stream there; {@code sample} where it is not asked for
 * @param rows the rows that were sampled
 * @param neurons those that were asked for
 * @param of their axes
 * @param rates whether the result is about all neurons together
 */
public record JudgePurity(
        int id,
        int sample,
        int contexts,
        RowsRef rows,
        List<NeuronName> neurons,
        List<Axis> of,
        PurityOptions options,
        boolean rates)
        implements NeuronStep {
    public static final String LABELS = "labels";
    public static final String ENTROPY = "entropy";
    public static final String RULE = "rule";
    public static final String CONTEXT = "context";
    public static final String FEATURES = "features";

    public JudgePurity {
        neurons = List.copyOf(neurons);
        of = List.copyOf(of);
    }

    public boolean withContexts() {
        return contexts != sample;
    }

    /** What is told. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>();
        if (!options.labels().isEmpty()) {
            parts.add(LABELS);
            parts.add(ENTROPY);
        }
        parts.add(RULE);
        if (withContexts()) {
            parts.add(CONTEXT);
        }
        parts.add(FEATURES);
        return parts;
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(List.of(new Axis("part", parts())));
        if (!options.strata().isEmpty()) {
            axes.add(new Axis("examples", options.kinds()));
        }
        if (!rates) {
            axes.addAll(of);
        }
        return axes;
    }

    @Override
    public List<Integer> inputs() {
        return withContexts() ? List.of(sample, contexts) : List.of(sample);
    }

    @Override
    public JudgePurity renamed(IntUnaryOperator names) {
        return new JudgePurity(
                names.applyAsInt(id),
                names.applyAsInt(sample),
                names.applyAsInt(contexts),
                rows,
                neurons,
                of,
                options,
                rates);
    }

    @Override
    public String describe() {
        return "what the examples of " + Count.of(neurons.size(), "neuron") + " have in common";
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
        earlier.reads(this, sample, Summarise.class);
        earlier.reads(this, contexts, Summarise.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.judgePurity(this);
    }
}
