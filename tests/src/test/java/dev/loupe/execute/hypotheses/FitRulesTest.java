package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.FiringSide;
import dev.loupe.plan.neurons.FitRules;
import dev.loupe.plan.neurons.RuleOptions;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forty documents of ten tokens: one neuron fires at token 7, one at four positions in all. */
class FitRulesTest {
    private static final int DOCUMENTS = 40;
    private static final int LENGTH = 10;

    private static TokenRows rows() {
        int[][] tokens = new int[DOCUMENTS][LENGTH];
        for (int d = 0; d < DOCUMENTS; d++) {
            for (int i = 0; i < LENGTH; i++) {
                // Each begins with a token of its own: equal documents would be on one side of the split.
                tokens[d][i] = i == 0 ? 11 + d : (3 * d + i * i) % 11;
            }
        }
        return new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of(), Map.of());
    }

    private static Activations sample(TokenRows rows) {
        int n = DOCUMENTS * LENGTH;
        float[] values = new float[2 * n];
        for (int i = 0; i < n; i++) {
            values[2 * i] = rows.tokens()[i / LENGTH][i % LENGTH] == 7 ? 2 + i % 3 : .5f;
            values[2 * i + 1] = i % 100 == 0 ? 1 : 0;
        }
        return new Activations(
                IntStream.range(0, n).map(i -> i / LENGTH).toArray(),
                IntStream.range(0, n).map(i -> i % LENGTH).toArray(),
                List.of(0),
                2,
                List.of(values));
    }

    private static RowTable scores(double fires, int terms) {
        TokenRows rows = rows();
        RowsRef ref = new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(LENGTH, DOCUMENTS)));
        FitRules step = new FitRules(
                2,
                1,
                ref,
                1,
                ref,
                List.of(new NeuronName(0, 0), new NeuronName(0, 1)),
                List.of(Axis.counted("neuron", 2)),
                new RuleOptions(fires, FiringSide.POSITIVE, terms, 10, List.of(), .5, 3, 4),
                false);
        return new RuleFitting(step, rows, sample(rows), rows, sample(rows), new StopSignal())
                .scores()
                .table();
    }

    @Test
    void theRuleOfATokenHoldsOnTheOtherHalfOfTheDocuments() {
        RowTable table = scores(.4, 3);
        assertThat(table.rows()).isEqualTo(DOCUMENTS / 2);
        assertThat(table.estimate().at("part", 2).data()[0]).isEqualTo(1, within(1e-12));
        assertThat(table.estimate().at("part", 3).data()[0]).isEqualTo(1, within(1e-12));
        // One condition is enough, and shifted activations have no such rule.
        assertThat(table.estimate().at("part", 7).data()[0]).isEqualTo(1);
        assertThat(table.estimate().at("part", 8).data()[0]).isLessThan(.8);
    }

    /** Above half of 4 the neuron fires at two thirds of the tokens 7: the rule is right wherever it fires and not the other way round. */
    @Test
    void theThresholdSaysWhatFiringIs() {
        RowTable table = scores(.5, 1);
        double precision = table.estimate().at("part", 0).data()[0];
        double recall = table.estimate().at("part", 1).data()[0];
        assertThat(recall).isEqualTo(1, within(1e-12));
        assertThat(precision).isBetween(.4, .9);
    }

    @Test
    void aNeuronThatFiresTooSeldomHasNoRule() {
        RowTable table = scores(.4, 3);
        assertThat(table.estimate().at("part", 2).data()[1]).isNaN();
        // How often it fires is known without a rule; above 0 it never is on the documents that would make one.
        assertThat(table.estimate().at("part", 5).data()[1]).isZero();
        assertThat(table.estimate().at("part", 9).data()[1]).isNaN();
        assertThat(table.estimate().at("part", 9).data()[0]).isEqualTo(.4 * 4, within(1e-6));
    }
}
