package dev.loupe.plan.neurons;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * For each label the neuron that tells it best, chosen on some documents and tested on the others, beside what the same search
 * finds for labels that say nothing.
 *
 * @param sample the step that holds activations at sampled positions
 * @param untrained the same search in untrained models, none where it is not asked for
 * @param rows the rows that were sampled, which have the labels
 */
public record SearchLabels(int id, int sample, List<Integer> untrained, RowsRef rows, Options options)
        implements NeuronStep {
    public static final String AUC = "auc";

    public SearchLabels {
        untrained = List.copyOf(untrained);
    }

    /**
     * How it is searched.
     *
     * @param labels position classes or values of labels
     * @param withinToken whether only positions of the same token id are compared
     * @param train share of documents on which neurons are chosen
     * @param draws how often each null is drawn
     * @param fdr the false discovery rate over labels
     * @param seed of the split of documents and of the draws
     * @param kind what is searched: neurons, or features of a dictionary
     */
    public record Options(
            List<String> labels,
            boolean withinToken,
            double train,
            int draws,
            double fdr,
            long seed,
            ComponentKind kind) {
        public Options {
            labels = List.copyOf(labels);
        }
    }

    /** What is told of each label. */
    public List<String> parts() {
        List<String> parts = new ArrayList<>(List.of(
                AUC, "train-auc", "layer", options.kind().word(), "direction", "mcc", "f1", "average-precision"));
        parts.addAll(List.of("chance", "token-auc", "gain", "token-chance"));
        if (!untrained.isEmpty()) {
            parts.add("untrained");
        }
        parts.addAll(List.of("p", "q", "found"));
        return parts;
    }

    public List<Axis> axes() {
        return List.of(new Axis("part", parts()), new Axis("label", options.labels()));
    }

    @Override
    public List<Integer> inputs() {
        List<Integer> inputs = new ArrayList<>(untrained);
        inputs.add(sample);
        return inputs.stream().distinct().toList();
    }

    @Override
    public SearchLabels renamed(IntUnaryOperator names) {
        return new SearchLabels(
                names.applyAsInt(id),
                names.applyAsInt(sample),
                untrained.stream().map(names::applyAsInt).toList(),
                rows,
                options);
    }

    @Override
    public String describe() {
        return "the best " + options.kind().word() + " for each of "
                + Count.of(options.labels().size(), "label") + ", with " + Count.of(options.draws(), "draw")
                + " of chance";
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
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.reads(this, sample, Summarise.class);
        untrained.forEach(search -> earlier.numbers(this, search));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.searchLabels(this);
    }
}
