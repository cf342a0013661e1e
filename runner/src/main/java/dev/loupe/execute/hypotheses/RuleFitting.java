package dev.loupe.execute.hypotheses;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.DocumentSplit;
import dev.loupe.execute.statistics.ChanceEdge;
import dev.loupe.metric.reading.Remarks;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.neurons.FitRules;
import dev.loupe.plan.neurons.RuleOptions;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.TokenRankings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The arithmetic of {@link FitRules}. */
public final class RuleFitting {
    /** Fewer firing positions on the forming documents make no rule. */
    static final int LEAST = 5;

    private final FitRules step;
    private final RuleOptions options;
    private final StopSignal stop;
    private final Side forming;
    private final Side testing;
    private final int tests;

    /**
     * Positions on one side.
     *
     * @param positions by their place in the sample
     * @param document the number of each position's document, those that are asked for from 0 [sampled position]
     */
    private record Side(Activations sample, PositionFacts facts, int[] positions, int[] document) {
        float value(int neuron, int position) {
            return sample.values().get(0)[position * sample.width() + neuron];
        }
    }

    /** @param formed the sample that rules are made from; the same where documents are split */
    public RuleFitting(
            FitRules step,
            TokenRows rows,
            Activations sample,
            TokenRows formedOn,
            Activations formed,
            StopSignal stop) {
        this.step = step;
        this.options = step.options();
        this.stop = stop;
        PositionFacts facts = PositionFacts.of(rows, sample.row(), sample.pos(), options.labels());
        DocumentSplit split = DocumentSplit.of(rows, sample.row(), step.split() ? options.train() : 0, options.seed());
        this.tests = split.tests();
        this.testing = new Side(sample, facts, where(split.training(), false), split.tested());
        this.forming = step.split()
                ? new Side(sample, facts, where(split.training(), true), split.document())
                : new Side(
                        formed,
                        PositionFacts.of(formedOn, formed.row(), formed.pos(), options.labels()),
                        IntStream.range(0, formed.row().length).toArray(),
                        DocumentSplit.of(formedOn, formed.row(), 0, 0).document());
    }

    private static int[] where(boolean[] training, boolean wanted) {
        return IntStream.range(0, training.length)
                .filter(i -> training[i] == wanted)
                .toArray();
    }

    /** How the rules do on the testing documents: one row each. */
    public StepValue.Table scores() {
        int n = step.neurons().size();
        RuleScores[] all = new RuleScores[n];
        IntStream.range(0, n).parallel().forEach(c -> {
            stop.check();
            float[] own = values(forming, c);
            Firing firing = firing(own);
            all[c] = scored(rule(own, firing), own, firing, c);
        });
        NeuronReasons reasons = new NeuronReasons();
        for (int c = 0; c < n; c++) {
            reasons.add(step.neurons().get(c), all[c].whyUndefined());
        }
        return new StepValue.Table(
                RuleScores.table(step.axes(), tests, List.of(all)), new Remarks(reasons.said(), unspoken()));
    }

    private List<String> unspoken() {
        return new LabelsThatSay(forming.facts()).inNoRule(forming.positions());
    }

    private RuleScores scored(@Nullable LexicalRule rule, float[] own, Firing firing, int component) {
        float[] tested = values(testing, component);
        if (rule == null) {
            return tested(null, tested, firing);
        }
        double[] chance = new double[options.draws()];
        SplittableRandom random = new SplittableRandom(options.seed() * 31 + component);
        for (int b = 0; b < chance.length; b++) {
            chance[b] = moved(own, tested, firing, random);
        }
        return tested(rule, tested, firing).of(rule, chance.length == 0 ? Double.NaN : ChanceEdge.of(chance));
    }

    /** What a rule, or none, says at the testing positions beside what is so. */
    private RuleScores tested(@Nullable LexicalRule rule, float[] values, Firing firing) {
        RuleScores scores = new RuleScores(tests, firing);
        boolean[] holds = rule == null ? new boolean[values.length] : rule.everywhere(testing.facts());
        for (int i : testing.positions()) {
            scores.add(testing.document()[i], holds[i], values[i]);
        }
        return scores;
    }

    /** The F1 of the same procedure for activations that are shifted inside their documents. */
    private double moved(float[] own, float[] tested, Firing firing, SplittableRandom random) {
        float[] there = shifted(own, forming, random);
        float[] here = shifted(tested, testing, random);
        double f1 = tested(rule(there, firing), here, firing).f1();
        return Double.isNaN(f1) ? 0 : f1;
    }

    private static float[] shifted(float[] values, Side side, SplittableRandom random) {
        float[] out = values.clone();
        int[] positions = side.positions();
        for (int from = 0; from < positions.length; ) {
            int to = from;
            while (to < positions.length && side.document()[positions[to]] == side.document()[positions[from]]) {
                to++;
            }
            int n = to - from;
            int shift = n < 2 ? 0 : 1 + random.nextInt(n - 1);
            for (int i = 0; i < n; i++) {
                out[positions[from + i]] = values[positions[from + (i + shift) % n]];
            }
            from = to;
        }
        return out;
    }

    private static float[] values(Side side, int component) {
        float[] values = new float[side.sample().row().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = side.value(component, i);
        }
        return values;
    }

    private Firing firing(float[] values) {
        return Firing.of(options.side(), options.fires(), values, forming.positions());
    }

    private @Nullable LexicalRule rule(float[] values, Firing firing) {
        boolean[] fires = new boolean[values.length];
        int count = 0;
        for (int i : forming.positions()) {
            fires[i] = firing.at(values[i]);
            count += fires[i] ? 1 : 0;
        }
        return count < LEAST
                ? null
                : new RuleInduction(forming.facts(), forming.positions(), fires, options.terms(), options.tokens())
                        .best();
    }

    /** The rules, a case for each neuron and a list for each of its conditions. */
    public StepValue.Rankings rules() {
        List<TokenRankings.Ranking> rankings = new ArrayList<>();
        for (int c = 0; c < step.neurons().size(); c++) {
            stop.check();
            float[] own = values(forming, c);
            Firing firing = firing(own);
            rankings.add(RuleInWords.of(
                    step.neurons().get(c).toString(),
                    firing,
                    rule(own, firing),
                    forming.facts(),
                    forming.positions(),
                    i -> firing.at(own[i])));
        }
        return new StepValue.Rankings(List.of("fires", "of"), rankings, new Remarks(List.of(), unspoken()));
    }
}
