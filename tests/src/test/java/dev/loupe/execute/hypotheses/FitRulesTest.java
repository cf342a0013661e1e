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

    /** Documents of which the first token is 7 or 8 and says what the neuron does there; two positions of each are sampled. */
    private static FitRules pairs(boolean shown) {
        RowsRef ref = new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(5, DOCUMENTS)));
        return new FitRules(
                2,
                1,
                ref,
                1,
                ref,
                List.of(new NeuronName(0, 0)),
                List.of(Axis.counted("neuron", 1)),
                new RuleOptions(.5, FiringSide.POSITIVE, 1, 1, List.of(), .5, 9, 4),
                shown);
    }

    private static RuleFitting pairs(FitRules step, int second) {
        int[][] tokens = new int[DOCUMENTS][5];
        for (int d = 0; d < DOCUMENTS; d++) {
            tokens[d] = new int[] {d % 2 == 0 ? 7 : 8, 10 + d, 100 + d, 200 + d, 300 + d};
        }
        TokenRows rows = new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of(), Map.of());
        float[] values = new float[2 * DOCUMENTS];
        for (int d = 0; d < DOCUMENTS; d++) {
            values[2 * d] = d % 2 == 0 ? 1 : 0;
        }
        Activations sample = new Activations(
                IntStream.range(0, 2 * DOCUMENTS).map(i -> i / 2).toArray(),
                IntStream.range(0, 2 * DOCUMENTS).map(i -> i % 2 * second).toArray(),
                List.of(0),
                1,
                List.of(values));
        return new RuleFitting(step, rows, sample, rows, sample, new StopSignal());
    }

    /** Two positions can only be exchanged: each draw fires after token 7, which a rule about the token before says. */
    @Test
    void chanceShiftsEveryDocument() {
        double[] next = pairs(pairs(false), 1).scores().table().estimate().data();
        assertThat(next[2]).isEqualTo(1);
        assertThat(next[8]).isEqualTo(1);
        // Four tokens later no rule sees the first one, so that chance says nothing of the new documents.
        double[] later = pairs(pairs(false), 4).scores().table().estimate().data();
        assertThat(later[2]).isEqualTo(1);
        assertThat(later[8]).isLessThan(.5);
    }

    /** Of twenty documents that make the rule, those with a 7 are all it fires at. */
    @Test
    void theRuleIsShownWithWhatMadeIt() {
        var told = pairs(pairs(true), 1).rules();
        assertThat(told.columns()).containsExactly("fires", "of");
        var group = told.rankings().get(0).groups().get(0);
        assertThat(group.title()).isEqualTo("the token is one of");
        assertThat(group.entries()).hasSize(1);
        assertThat(group.entries().get(0).id()).isEqualTo(7);
        assertThat(group.entries().get(0).values().get(0))
                .isEqualTo(group.entries().get(0).values().get(1))
                .isBetween(5.0, 15.0);
        assertThat(told.rankings().get(0).label())
                .startsWith("L0N0 is above 0.5, as at ")
                .contains(" of 40 tokens");
    }
}
