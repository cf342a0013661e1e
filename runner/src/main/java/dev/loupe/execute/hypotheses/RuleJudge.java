package dev.loupe.execute.hypotheses;

import dev.loupe.plan.neurons.PurityOptions;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far one rule says what examples have in common: it is made from every other example, against positions where the neuron is
 * less than half as active, and judged by the rest. A rule that holds nearly everywhere says nothing.
 */
final class RuleJudge {
    /** A rule, or a label, must be this many times as frequent among examples as elsewhere. */
    static final double LIFT = 3;
    /** Fewer examples are not judged. */
    static final int LEAST = 6;

    private final PositionFacts facts;
    private final PurityOptions options;

    RuleJudge(PositionFacts facts, PurityOptions options) {
        this.facts = facts;
        this.options = options;
    }

    /**
     * A verdict.
     *
     * @param share of the examples that did not make the rule for which it holds; 0 for one that holds nearly everywhere
     */
    record Judged(LexicalRule rule, double share) {}

    /**
     * @param examples positions, best first
     * @param value the activation at a position: one that is nearly as high as at an example is neither
     */
    @Nullable
    Judged of(int[] examples, IntToDoubleFunction value) {
        boolean[] is = new boolean[facts.size()];
        Arrays.stream(examples).forEach(i -> is[i] = true);
        double low = low(examples, value);
        int[] made = IntStream.range(0, examples.length)
                .filter(k -> k % 2 == 0)
                .map(k -> examples[k])
                .toArray();
        int[] positions = IntStream.concat(
                        Arrays.stream(made),
                        IntStream.range(0, facts.size()).filter(i -> !is[i] && value.applyAsDouble(i) < low))
                .sorted()
                .toArray();
        LexicalRule rule = new RuleInduction(facts, positions, is, options.terms(), options.tokens()).best();
        if (rule == null || examples.length < LEAST) {
            return null;
        }
        boolean[] holds = rule.everywhere(facts);
        double held = IntStream.range(0, examples.length)
                .filter(k -> k % 2 == 1 && holds[examples[k]])
                .count();
        double share = held / (examples.length / 2);
        double base = IntStream.range(0, holds.length).filter(i -> holds[i]).count() / (double) holds.length;
        return new Judged(rule, share >= LIFT * base ? share : 0);
    }

    /** Below this the neuron is less than half as active as at any of these examples. */
    static double low(int[] examples, IntToDoubleFunction value) {
        double lowest = Arrays.stream(examples).mapToDouble(value).min().orElse(0);
        return lowest > 0 ? lowest / 2 : lowest;
    }
}
