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
import org.jspecify.annotations.Nullable;

/**
 * Rules of tokens that say where neurons fire, made from some documents: how far they hold in others, or the rules themselves.
 *
 * @param sample the step that holds the neurons' activations at sampled positions
 * @param rows the rows that were sampled
 * @param formed the step that holds them where rules are made; {@code sample} where documents are split
 * @param formedOn its rows
 * @param neurons those that were asked for
 * @param of their axes
 * @param shown whether the rules are the result
 */
public record FitRules(
        int id,
        int sample,
        RowsRef rows,
        int formed,
        RowsRef formedOn,
        List<NeuronName> neurons,
        List<Axis> of,
        RuleOptions options,
        boolean shown)
        implements NeuronStep {
    private static final Axis PART = new Axis(
            "part",
            List.of(
                    "precision",
                    "recall",
                    "f1",
                    "auc",
                    "correlation",
                    "fires",
                    "holds",
                    "conditions",
                    "chance",
                    "edge"));

    public FitRules {
        neurons = List.copyOf(neurons);
        of = List.copyOf(of);
    }

    /** Whether the documents of one dataset both make rules and test them. */
    public boolean split() {
        return sample == formed;
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(List.of(PART));
        axes.addAll(of);
        return axes;
    }

    @Override
    public List<Integer> inputs() {
        return split() ? List.of(sample) : List.of(sample, formed);
    }

    @Override
    public FitRules renamed(IntUnaryOperator names) {
        return new FitRules(
                names.applyAsInt(id),
                names.applyAsInt(sample),
                rows,
                names.applyAsInt(formed),
                formedOn,
                neurons,
                of,
                options,
                shown);
    }

    @Override
    public String describe() {
        return "rules for " + Count.of(neurons.size(), "neuron");
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public @Nullable List<Axis> axes(IntFunction<PlanStep> steps) {
        return shown ? null : axes();
    }

    @Override
    public boolean samplesRows() {
        return !shown;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, sample, Summarise.class);
        earlier.reads(this, formed, Summarise.class);
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.fitRules(this);
    }
}
