package dev.loupe.plan.values;

import dev.loupe.plan.EarlierSteps;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
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
 * @param labels position classes or values of labels
 * @param train share of documents on which neurons are chosen
 * @param draws how often each null is drawn
 * @param fdr the false discovery rate over labels
 * @param seed of the split of documents and of the draws
 * @param kind what is searched: neurons, or features of a dictionary
 */
public record SearchLabels(
        int id,
        int sample,
        List<Integer> untrained,
        RowsRef rows,
        List<String> labels,
        double train,
        int draws,
        double fdr,
        long seed,
        ComponentKind kind)
        implements ValueStep {
    private static final String UNTRAINED = "untrained";
    /** The number of what was found in its layer, by the word for it. */
    private static final String UNIT = "neuron";

    /** What is told of each label, where untrained models are asked too. */
    public static final Axis PART = new Axis(
            "part",
            List.of(
                    "auc",
                    "train-auc",
                    "layer",
                    UNIT,
                    "chance",
                    "token-auc",
                    "token-chance",
                    UNTRAINED,
                    "p",
                    "q",
                    "found"));

    public SearchLabels {
        untrained = List.copyOf(untrained);
        labels = List.copyOf(labels);
    }

    public List<Axis> axes() {
        List<String> parts = PART.labels().stream()
                .filter(part -> !untrained.isEmpty() || !part.equals(UNTRAINED))
                .map(part -> part.equals(UNIT) ? kind.word() : part)
                .toList();
        return List.of(new Axis("part", parts), new Axis("label", labels));
    }

    /** The place of a part in {@link #PART}. */
    public int part(String label) {
        return PART.labels().indexOf(label.equals(kind.word()) ? UNIT : label);
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
                labels,
                train,
                draws,
                fdr,
                seed,
                kind);
    }

    @Override
    public String describe() {
        return "the best " + kind.word() + " for each of " + labels.size() + " labels, with " + draws + " draws of chance";
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
        earlier.reads(this, sample, dev.loupe.plan.Summarise.class);
        untrained.forEach(search -> earlier.numbers(this, search));
    }

    @Override
    public <R> R accept(Arithmetic<R> arithmetic) {
        return arithmetic.searchLabels(this);
    }
}
