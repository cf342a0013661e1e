package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.TokenRows;
import dev.loupe.metric.Accuracy;
import dev.loupe.metric.AnswerProbability;
import dev.loupe.metric.LogitDifference;
import dev.loupe.metric.Loss;
import dev.loupe.metric.Preference;
import dev.loupe.metric.ProbabilityDifference;
import dev.loupe.metric.RowReading;
import dev.loupe.metric.RowValues;
import dev.loupe.model.Parameters;
import dev.loupe.model.PlantedHeads;
import dev.loupe.model.TlWeights;
import dev.loupe.plan.ModelShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics on logits that are written down: rows [0, 1, 2] and [2, 2, 1], vocabulary 3. */
class MetricsByHandTest {
    private static final double L2 = Math.log(2);

    /** Each entry is the log of a probability, so a softmax gives it back. */
    private static final double[][][] P = {
        {{.25, .5, .25}, {.1, .1, .8}, {.3, .3, .4}},
        {{.25, .25, .5}, {.5, .3, .2}, {.1, .8, .1}}
    };

    private static RowValues read(RowReading metric) {
        try (NDManager manager = Backend.cpu()) {
            float[] logits = new float[18];
            for (int i = 0; i < 18; i++) {
                logits[i] = (float) Math.log(P[i / 9][i / 3 % 3][i % 3]) + 5;
            }
            TokenRows rows = new TokenRows(
                    new int[][] {{0, 1, 2}, {2, 2, 1}},
                    new int[0][],
                    Map.of("first", new boolean[][] {{true, false, false}, {true, false, false}}),
                    Map.of("END", new int[] {2, 2}, "MID", new int[] {1, 1}),
                    Map.of("answer", new int[] {2, 1}, "wrong", new int[] {0, 2}),
                    Map.of("answer", new int[][] {{2, 0}, {1}}));
            ModelShape shape =
                    new ModelShape("transformer", 1, 4, 1, 1, 4, 0, 3, 3, 8, true, false, false, 0, List.of());
            PlantedHeads any = new PlantedHeads(3, 4, 20, List.of(List.of(PlantedHeads.Kind.UNIFORM)));
            Parameters parameters = Parameters.of(any.config(), TlWeights.of(any.weights()), manager);
            BatchView batch = new BatchView(
                    rows,
                    shape,
                    true,
                    new OutputWeights(parameters, manager),
                    Integer::toString,
                    Map.of(),
                    manager.create(logits, new Shape(2, 3, 3)),
                    false,
                    null,
                    manager);
            return metric.read(batch);
        }
    }

    @Test
    void lossIsTheNegativeLogProbabilityOfTheNextToken() {
        RowValues all = read(new Loss("everywhere", null));
        assertThat(all.denominator()).containsExactly(2, 2);
        assertThat(all.numerator()[0]).isEqualTo(-Math.log(.5) - Math.log(.8), within(1e-6));
        assertThat(all.numerator()[1]).isEqualTo(-Math.log(.5) - Math.log(.3), within(1e-6));
        RowValues first = read(new Loss("first", null));
        assertThat(first.numerator()[0]).isEqualTo(L2, within(1e-6));
        assertThat(first.denominator()).containsExactly(1, 1);
    }

    @Test
    void accuracyCountsTokensOrWholeRows() {
        RowValues tokens = read(new Accuracy("everywhere", Accuracy.Of.TOKENS));
        assertThat(tokens.numerator()).containsExactly(2, 1);
        assertThat(tokens.denominator()).containsExactly(2, 2);
        RowValues rows = read(new Accuracy("everywhere", Accuracy.Of.ROWS));
        assertThat(rows.numerator()).containsExactly(1, 0);
        assertThat(rows.denominator()).containsExactly(1, 1);
    }

    @Test
    void logitDifferenceReadsTheNamedPosition() {
        RowValues end = read(new LogitDifference("END"));
        assertThat(end.numerator()[0]).isEqualTo(Math.log(.4 / .3), within(1e-6));
        assertThat(end.numerator()[1]).isEqualTo(Math.log(8), within(1e-6));
        RowValues mid = read(new LogitDifference("MID"));
        assertThat(mid.numerator()[1]).isEqualTo(Math.log(.3 / .2), within(1e-6));
    }

    @Test
    void probabilitiesOfAllAnswersAreSummed() {
        RowValues end = read(new ProbabilityDifference("END"));
        // Row 0: answers 2 and 0, wrong 0. Row 1: the columns.
        assertThat(end.numerator()[0]).isEqualTo(.4 + .3 - .3, within(1e-6));
        assertThat(end.numerator()[1]).isEqualTo(.8 - .1, within(1e-6));
        assertThat(end.denominator()).containsExactly(1, 1);
    }

    @Test
    void probabilityOfTheAnswersLeavesTheWrongOnesOut() {
        RowValues end = read(new AnswerProbability("END"));
        assertThat(end.numerator()[0]).isEqualTo(.4 + .3, within(1e-6));
        assertThat(end.numerator()[1]).isEqualTo(.8, within(1e-6));
        assertThat(end.denominator()).containsExactly(1, 1);
    }

    @Test
    void preferenceAsksForEveryAnswerAboveEveryWrongOneAndHalvesATie() {
        RowValues end = read(new Preference("END"));
        assertThat(end.numerator()).containsExactly(0.5, 1);
        RowValues mid = read(new Preference("MID"));
        assertThat(mid.numerator()).containsExactly(0.5, 1);
    }
}
