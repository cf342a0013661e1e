package dev.loupe.execute.hypotheses;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.hypotheses.LexicalRule.TokenIn;
import dev.loupe.execute.hypotheses.RuleJudge.Judged;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.neurons.CompareCorpora;
import dev.loupe.plan.neurons.PurityOptions;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The arithmetic of {@link CompareCorpora}. */
public final class CorpusComparison {
    private final CompareCorpora step;
    private final PurityOptions options;
    private final Corpus first;
    private final Corpus second;
    private final StopSignal stop;

    private record Corpus(PositionFacts facts, NeuronExamples examples) {
        static Corpus of(TokenRows rows, Activations sample, PurityOptions options) {
            return new Corpus(
                    PositionFacts.of(rows, sample.row(), sample.pos(), options.labels()),
                    new NeuronExamples(rows, sample));
        }
    }

    public CorpusComparison(
            CompareCorpora step,
            TokenRows firstRows,
            Activations first,
            TokenRows secondRows,
            Activations second,
            StopSignal stop) {
        this.step = step;
        this.options = step.options();
        this.first = Corpus.of(firstRows, first, options);
        this.second = Corpus.of(secondRows, second, options);
        this.stop = stop;
    }

    public StepValue value() {
        int n = step.neurons().size();
        int parts = CompareCorpora.PARTS.size();
        PositionFacts all = first.facts().with(second.facts());
        double[][] told = new double[n][];
        IntStream.range(0, n).parallel().forEach(c -> {
            stop.check();
            told[c] = told(c, all);
        });
        if (step.rates()) {
            double[] perNeuron =
                    Arrays.stream(told).flatMapToDouble(Arrays::stream).toArray();
            return new StepValue.Table(RowTable.ofNumbers(step.axes(), n, perNeuron));
        }
        double[] values = new double[parts * n];
        for (int c = 0; c < n; c++) {
            for (int part = 0; part < parts; part++) {
                values[part * n + c] = told[c][part];
            }
        }
        return new StepValue.Numbers(new NamedArray(step.axes(), values));
    }

    private double[] told(int neuron, PositionFacts all) {
        int[] one = first.examples().top(neuron, options.examples());
        int[] other = second.examples().top(neuron, options.examples());
        double high = one.length == 0 ? 0 : first.examples().value(neuron, one[0]);
        double there = other.length == 0 ? 0 : second.examples().value(neuron, other[0]);
        double scale = Math.min(high, there) / Math.max(high, there);
        Judged own = new RuleJudge(first.facts(), options)
                .of(one, i -> first.examples().value(neuron, i));
        Judged its = new RuleJudge(second.facts(), options)
                .of(other, i -> second.examples().value(neuron, i));
        if (own == null || its == null) {
            // Where it does not fire often enough on one of them it is silent there, which is no illusion.
            return new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, scale, Double.NaN, 0};
        }
        Judged both = new RuleJudge(all, options).of(together(neuron, one, other), i -> value(neuron, i));
        double union = both == null ? 0 : both.share();
        double transfer = Math.max(
                area(own.rule(), second.facts(), other, i -> second.examples().value(neuron, i)),
                area(its.rule(), first.facts(), one, i -> first.examples().value(neuron, i)));
        boolean illusion = own.share() >= options.pure()
                && its.share() >= options.pure()
                && union < options.pure()
                && transfer <= step.transfer()
                && scale >= step.silent();
        return new double[] {
            own.share(), its.share(), union, transfer, scale, disjoint(own.rule(), its.rule()) ? 1 : 0, illusion ? 1 : 0
        };
    }

    /**
     * The examples of the largest activations of both, by their places among the positions of both. Of equal activations those
     * of the two corpora take turns.
     */
    private int[] together(int neuron, int[] one, int[] other) {
        Comparator<int[]> order = Comparator.comparingDouble(example -> -value(neuron, example[0]));
        return Stream.concat(
                        IntStream.range(0, one.length).mapToObj(k -> new int[] {one[k], k}),
                        IntStream.range(0, other.length).mapToObj(k ->
                                new int[] {other[k] + first.facts().size(), k}))
                .sorted(order.thenComparingInt(example -> example[1]))
                .mapToInt(example -> example[0])
                .limit(options.examples())
                .toArray();
    }

    private float value(int neuron, int position) {
        int size = first.facts().size();
        return position < size
                ? first.examples().value(neuron, position)
                : second.examples().value(neuron, position - size);
    }

    /**
     * Of a rule as a detector of examples among positions where the neuron is less than half as active: the mean of
     * sensitivity and specificity.
     */
    private static double area(LexicalRule rule, PositionFacts facts, int[] examples, IntToDoubleFunction value) {
        double low = RuleJudge.low(examples, value);
        boolean[] holds = rule.everywhere(facts);
        double held = Arrays.stream(examples).filter(i -> holds[i]).count();
        int[] silent = IntStream.range(0, holds.length)
                .filter(i -> value.applyAsDouble(i) < low)
                .toArray();
        double wrong = Arrays.stream(silent).filter(i -> holds[i]).count();
        return (held / examples.length + 1 - wrong / silent.length) / 2;
    }

    /** Whether no condition of one accepts a token that the other one's accepts in the same place. */
    private static boolean disjoint(LexicalRule a, LexicalRule b) {
        return a.conditions().stream()
                .filter(TokenIn.class::isInstance)
                .map(TokenIn.class::cast)
                .noneMatch(left -> b.conditions().stream()
                        .anyMatch(right -> right instanceof TokenIn in
                                && in.slot() == left.slot()
                                && Arrays.stream(left.ids()).anyMatch(t -> Arrays.binarySearch(in.ids(), t) >= 0)));
    }
}
