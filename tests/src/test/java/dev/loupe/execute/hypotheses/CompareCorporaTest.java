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

/** Two corpora of random tokens: a neuron of token 3 in one and of 5 in the other, one of 3 in both, one that is loud in one alone, and one of 3 that is half as loud in the other, and there of 5 too. */
class CompareCorporaTest {
    private static final int DOCUMENTS = 100;
    private static final int LENGTH = 12;
    private static final int NEURONS = 4;

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
            values[NEURONS * i + 2] = token == (first ? 3 : 5) ? (first ? 2 : .2f) : 0;
            values[NEURONS * i + 3] = token == 3 ? (first ? 1 : .5f) : token == 5 && !first ? .5f : 0;
        }
        return new Activations(
                IntStream.range(0, n).map(i -> i / LENGTH).toArray(),
                IntStream.range(0, n).map(i -> i % LENGTH).toArray(),
                List.of(0),
                NEURONS,
                List.of(values));
    }

    private static StepValue compared(boolean rates) {
        return compared(rates, .8, .3, .6);
    }

    private static StepValue compared(boolean rates, double pure, double silent, double transfer) {
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
                new PurityOptions(20, List.of(), List.of(), 2, 1, pure, .2, 5),
                silent,
                transfer,
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
        assertThat(part(told, "first")).containsExactly(1, 1, 1, 1);
        assertThat(part(told, "second")).startsWith(1, 1, 1);
        assertThat(part(told, "second")[3]).isLessThan(.8);
        assertThat(part(told, "both")[0]).isLessThan(.8);
        assertThat(part(told, "both")[1]).isEqualTo(1);
        assertThat(part(told, "transfer")[0]).isEqualTo(.5, within(.05));
        assertThat(part(told, "transfer")[1]).isEqualTo(1);
        assertThat(part(told, "disjoint")).startsWith(1, 0, 1);
        assertThat(part(told, "scale")[2]).isEqualTo(.1, within(1e-6));
        assertThat(part(told, "illusion")).containsExactly(1, 0, 0, 0);
        assertThat(part(compared(true).estimate(), "illusion")).containsExactly(1 / 4.0);
    }

    /** The examples of both are those of the largest activations, which are all of the first corpus where it is louder. */
    @Test
    void theLouderCorpusGivesTheExamplesOfBoth() {
        NamedArray told = compared(false).estimate();
        assertThat(part(told, "scale")[3]).isEqualTo(.5);
        assertThat(part(told, "both")[3]).isEqualTo(1);
    }

    /** The rule of token 3 holds at no example of the second corpus, and is wrong at the 3s among what is not 5. */
    @Test
    void transferIsCountedAmongSilentPositions() {
        double first = (1 - share(rows(2), 3, 5)) / 2;
        double second = (1 - share(rows(1), 5, 3)) / 2;
        assertThat(part(compared(false).estimate(), "transfer")[0]).isEqualTo(Math.max(first, second), within(1e-12));
    }

    private static double share(TokenRows rows, int of, int without) {
        double all = 0;
        double those = 0;
        for (int[] row : rows.tokens()) {
            for (int token : row) {
                all += token == without ? 0 : 1;
                those += token == of ? 1 : 0;
            }
        }
        return those / all;
    }

    /** At each limit: shares of 1 are at least 1, a scale of 1 is at least 1, and a transfer of the limit is at most it. */
    @Test
    void eachLimitBelongsToOneSide() {
        NamedArray told = compared(false).estimate();
        double transfer = part(told, "transfer")[0];
        assertThat(part(compared(false, 1, 1, transfer).estimate(), "illusion")[0])
                .isEqualTo(1);
        assertThat(part(compared(false, 1, 1, Math.nextDown(transfer)).estimate(), "illusion")[0])
                .isZero();
    }
}
