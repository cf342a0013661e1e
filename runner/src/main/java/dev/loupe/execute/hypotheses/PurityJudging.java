package dev.loupe.execute.hypotheses;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.Remarks;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.neurons.JudgePurity;
import dev.loupe.plan.neurons.PurityOptions;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The arithmetic of {@link JudgePurity}. */
public final class PurityJudging {
    /** Parts of which rates give the mean over neurons. */
    private static final List<String> MEANS = List.of(JudgePurity.ENTROPY, JudgePurity.CONTEXT);
    /** Parts about labels. */
    private static final List<String> OF_LABELS = List.of(JudgePurity.LABELS, JudgePurity.ENTROPY);

    private final JudgePurity step;
    private final PurityOptions options;
    private final PositionFacts facts;
    private final NeuronExamples examples;
    private final @Nullable ContextVectors contexts;
    private final LabelsThatSay labels;
    private final boolean labelsCount;
    private final StopSignal stop;

    /** @param residual the residual stream at the same positions, null where it is not asked for */
    public PurityJudging(
            JudgePurity step, TokenRows rows, Activations sample, @Nullable Activations residual, StopSignal stop) {
        this.step = step;
        this.options = step.options();
        this.facts = PositionFacts.of(rows, sample.row(), sample.pos(), options.labels());
        this.examples = new NeuronExamples(rows, sample);
        this.contexts = residual == null ? null : new ContextVectors(residual);
        this.labels = new LabelsThatSay(facts);
        this.labelsCount = labels.anyCounts();
        this.stop = stop;
    }

    public StepValue value() {
        int n = step.neurons().size();
        int kinds = options.kinds().size();
        List<String> parts = step.parts();
        double[][][] told = new double[n][kinds][];
        boolean[][] few = new boolean[n][kinds];
        IntStream.range(0, n).parallel().forEach(c -> {
            stop.check();
            SplittableRandom random = new SplittableRandom(options.seed() * 31 + c);
            int[] ranked = examples.ranked(c);
            for (int kind = 0; kind < kinds; kind++) {
                int[] chosen = chosen(c, ranked, kind, random);
                few[c][kind] = chosen.length < RuleJudge.LEAST;
                told[c][kind] = judged(c, chosen, random);
            }
        });
        double[] values = new double[parts.size() * kinds * n];
        for (int c = 0; c < n; c++) {
            for (int kind = 0; kind < kinds; kind++) {
                for (int part = 0; part < parts.size(); part++) {
                    values[(part * kinds + kind) * n + c] = told[c][kind][part];
                }
            }
        }
        return step.rates()
                ? new StepValue.Table(rates(values, n, parts), remarks(few))
                : new StepValue.Numbers(new NamedArray(step.axes(), values), remarks(few));
    }

    /** @param few whether a neuron has too few examples of a kind to be judged [neuron][kind] */
    private Remarks remarks(boolean[][] few) {
        NeuronReasons neurons = new NeuronReasons();
        for (int c = 0; c < few.length; c++) {
            int neuron = c;
            neurons.add(
                    step.neurons().get(c),
                    IntStream.range(0, few[c].length)
                            .filter(kind -> few[neuron][kind])
                            .mapToObj(this::tooFew)
                            .toList());
        }
        if (options.labels().isEmpty() || labelsCount) {
            return new Remarks(neurons.said(), labels.neverCounting());
        }
        return Remarks.undefined(Stream.concat(labels.neverCounting().stream(), neurons.said().stream())
                .toList());
    }

    private String tooFew(int kind) {
        return "fewer than " + RuleJudge.LEAST + " documents have an example "
                + (kind == 0
                        ? "with an activation above 0"
                        : "among the examples of " + options.kinds().get(kind));
    }

    /** One row for each neuron: whether it is pure, has several features, or how alike its contexts are. */
    private RowTable rates(double[] values, int n, List<String> parts) {
        int width = values.length / n;
        double[] counted = new double[values.length];
        for (int k = 0; k < width; k++) {
            String part = parts.get(k * parts.size() / width);
            for (int c = 0; c < n; c++) {
                double value = values[k * n + c];
                double least = part.equals(JudgePurity.FEATURES) ? 2 : options.pure();
                counted[c * width + k] = Double.isNaN(value) || MEANS.contains(part) ? value : value >= least ? 1 : 0;
            }
        }
        return RowTable.ofNumbers(step.axes(), n, counted);
    }

    private int[] chosen(int neuron, int[] ranked, int kind, SplittableRandom random) {
        if (kind == 0) {
            return examples.top(neuron, ranked, options.examples());
        }
        List<Double> edges = options.strata();
        return examples.between(
                ranked,
                kind == 1 ? 0 : edges.get(kind - 2),
                kind == edges.size() + 1 ? 1 : edges.get(kind - 1),
                options.examples(),
                random);
    }

    /** The parts of one kind of examples; undefined where there are too few. */
    private double[] judged(int neuron, int[] chosen, SplittableRandom random) {
        List<String> parts = step.parts();
        double[] told = new double[parts.size()];
        Arrays.fill(told, Double.NaN);
        if (chosen.length < RuleJudge.LEAST) {
            return told;
        }
        LabelShares shares = new LabelShares(facts, chosen);
        for (int k = 0; k < told.length; k++) {
            if (OF_LABELS.contains(parts.get(k)) && !labelsCount) {
                continue;
            }
            told[k] = switch (parts.get(k)) {
                case JudgePurity.LABELS -> shares.largest();
                case JudgePurity.ENTROPY -> shares.entropy();
                case JudgePurity.RULE -> rule(neuron, chosen);
                case JudgePurity.CONTEXT -> alike(neuron, chosen, random);
                default -> new FeatureCount(facts, options, contexts, layer(neuron)).of(chosen);
            };
        }
        return told;
    }

    private int layer(int neuron) {
        return step.neurons().get(neuron).layer();
    }

    private double rule(int neuron, int[] chosen) {
        RuleJudge.Judged judged = new RuleJudge(facts, options).of(chosen, i -> examples.value(neuron, i));
        return judged == null ? Double.NaN : judged.share();
    }

    private double alike(int neuron, int[] chosen, SplittableRandom random) {
        if (contexts == null) {
            return Double.NaN;
        }
        int[] any = examples.any(chosen.length, random);
        return contexts.alike(layer(neuron), chosen) - contexts.alike(layer(neuron), any);
    }
}
