package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.WrittenToy;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.metric.answer.LogitDifference;
import dev.loupe.metric.token.Accuracy;
import dev.loupe.metric.token.Loss;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VectorEvaluationTest {
    private static final ModularPairs SUMS =
            new ModularPairs(3, ModularPairs.Operation.ADD, HeldOut.ALL, .4, ModularPairs.Pairs.ORDERED);
    private static final Loss LOSS = new Loss("everywhere", null);

    /** Two networks of one neuron: x + y with U (0, 1, 2) times log 2, and y alone with U (2, 1, 0) times log 3. */
    @Test
    void everyNetworkAnswersEveryPair() {
        float two = (float) Math.log(2);
        float three = (float) Math.log(3);
        Map<String, float[]> weights = Map.of(
                "A", new float[] {0, 1, 2, 0, 0, 0},
                "B", new float[] {0, 1, 2, 0, 1, 2},
                "U", new float[] {0, two, 2 * two, 2 * three, three, 0});
        VectorEvaluation both = new VectorEvaluation(
                List.of("nats", "hits"),
                List.of(LOSS, new Accuracy("everywhere", Accuracy.Of.TOKENS, null, null)),
                SUMS);
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = WrittenToy.copies(
                    new PairEmbeddingMlpConfig(3, 1, 0, ToyActivation.RELU, false), 2, weights, manager);
            NamedArray found = both.compute(toy);
            assertThat(found.axes().stream().map(Axis::name)).containsExactly("metric", "sparsity", "copy");
            double[] nats = new double[2];
            for (int pair = 0; pair < 9; pair++) {
                int x = pair / 3;
                int y = pair % 3;
                int right = (x + y) % 3;
                double[] first = {1, Math.pow(2, x + y), Math.pow(4, x + y)};
                double[] second = {Math.pow(9, y), Math.pow(3, y), 1};
                nats[0] -= Math.log(first[right] / (first[0] + first[1] + first[2])) / 9;
                nats[1] -= Math.log(second[right] / (second[0] + second[1] + second[2])) / 9;
            }
            assertThat(found.data()[0]).isEqualTo(nats[0], within(1e-5));
            assertThat(found.data()[1]).isEqualTo(nats[1], within(1e-5));
            // The first says 2 but for 0 + 0, where all are alike and 0 is named: right for (0,0), (0,2), (1,1), (2,0).
            assertThat(found.data()[2]).isEqualTo(4 / 9.0, within(1e-6));
            // Its pairs with y = 0 are undecided, as 0; the others say 0: right for (0,0), (1,2), (2,1).
            assertThat(found.data()[3]).isEqualTo(3 / 9.0, within(1e-6));
            // 2 x 9 numbers for each of nine pairs.
            assertThat(both.flops(toy.shape())).isEqualTo(2 * 18 * 9);
            assertThat(new VectorEvaluation(List.of("nats"), List.of(LOSS), SUMS)
                            .axes(toy.shape()).stream().map(Axis::name))
                    .containsExactly("sparsity", "copy");
        }
        assertThat(both.label())
                .isEqualTo(LOSS.label() + ", " + new Accuracy("everywhere", Accuracy.Of.TOKENS, null, null).label());
    }

    @Test
    void whatHasNoClassesOrReadsTokensIsRefused() {
        SparseFeatures numbers = new SparseFeatures(2, List.of(.5), SparseFeatures.Distribution.BINARY, 1, 4, null);
        assertThatThrownBy(() -> new VectorEvaluation(List.of("nats"), List.of(LOSS), numbers))
                .hasMessageContaining("metrics read classes");
        assertThatThrownBy(() ->
                        new VectorEvaluation(List.of("difference"), List.of(new LogitDifference("END", null)), SUMS))
                .hasMessageContaining("reads tokens");
    }
}
