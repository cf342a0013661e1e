package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.CompareCorpora;
import dev.loupe.plan.neurons.PurityOptions;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two corpora of random tokens: a neuron of token 3 in one and of 5 in the other, one of 3 in both, one that is loud in one alone. */
class CompareCorporaTest {
    private static final int DOCUMENTS = 100;
    private static final int LENGTH = 12;
    private static final int NEURONS = 3;

    private static TokenRows rows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[][] tokens = new int[DOCUMENTS][LENGTH];
        for (int[] row : tokens) {
            for (int i = 0; i < LENGTH; i++) {
                row[i] = random.nextInt(25);
            }
        }
        return new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of(), Map.of());
    }

    private static Activations sample(TokenRows rows, boolean first) {
        int n = DOCUMENTS * LENGTH;
        float[] values = new float[NEURONS * n];
        for (int i = 0; i < n; i++) {
            int token = rows.tokens()[i / LENGTH][i % LENGTH];
            values[NEURONS * i] = token == (first ? 3 : 5) ? 1 : 0;
            values[NEURONS * i + 1] = token == 3 ? 1 : 0;
            values[NEURONS * i + 2] = token == (first ? 3 : 5) ? (first ? 1 : .1f) : 0;
        }
        return new Activations(
                IntStream.range(0, n).map(i -> i / LENGTH).toArray(),
                IntStream.range(0, n).map(i -> i % LENGTH).toArray(),
                List.of(0),
                NEURONS,
                List.of(values));
    }

    private static StepValue compared(boolean rates) {
        TokenRows one = rows(1);
        TokenRows other = rows(2);
        RowsRef ref = new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(LENGTH, DOCUMENTS)));
        CompareCorpora step = new CompareCorpora(
                3,
                1,
                ref,
                2,
                ref,
                IntStream.range(0, NEURONS).mapToObj(n -> new NeuronName(0, n)).toList(),
                List.of(Axis.counted("neuron", NEURONS)),
                new PurityOptions(20, List.of(), List.of(), 2, 1, .8, .2, 5),
                .3,
                .6,
                rates);
        return new CorpusComparison(step, one, sample(one, true), other, sample(other, false), new StopSignal())
                .value();
    }

    private static double[] part(NamedArray told, String name) {
        return told.at("part", CompareCorpora.PARTS.indexOf(name)).data();
    }

    @Test
    void onlyANeuronWithTwoRulesIsAnIllusion() {
        NamedArray told = compared(false).estimate();
        assertThat(part(told, "first")).containsExactly(1, 1, 1);
        assertThat(part(told, "second")).containsExactly(1, 1, 1);
        assertThat(part(told, "both")[0]).isLessThan(.8);
        assertThat(part(told, "both")[1]).isEqualTo(1);
        assertThat(part(told, "transfer")[0]).isEqualTo(.5, within(.05));
        assertThat(part(told, "transfer")[1]).isEqualTo(1);
        assertThat(part(told, "disjoint")).containsExactly(1, 0, 1);
        assertThat(part(told, "scale")[2]).isEqualTo(.1, within(1e-6));
        assertThat(part(told, "illusion")).containsExactly(1, 0, 0);
        assertThat(part(compared(true).estimate(), "illusion")).containsExactly(1 / 3.0);
    }
}
