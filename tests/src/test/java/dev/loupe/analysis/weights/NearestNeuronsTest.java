package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.weights.NearestNeurons.Weights;
import dev.loupe.backend.Backend;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Cosines of all pairs, one by one; a planted copy; models that were never trained. */
class NearestNeuronsTest {
    private static final int NEURONS = 60;

    private record Neighbour(int layer, int neuron, double cosine) {}

    private static WrittenTransformer random(long seed) {
        return WrittenTransformer.random(
                TransformerConfig.builder(2, 12, 4, 6)
                        .nHeads(1)
                        .dHead(3)
                        .dMlp(NEURONS)
                        .dVocabOut(6)
                        .normalizationType(Normalization.RMS)
                        .build(),
                seed);
    }

    private static NamedArray nearest(WrittenTransformer written, NearestNeurons asked) {
        try (NDManager manager = Backend.cpu()) {
            return asked.compute(written.weights(manager));
        }
    }

    @Test
    void everyOtherNeuronByItsCosine() {
        SmallModel model = SmallModel.of(6, 6);
        for (Weights weights : Weights.values()) {
            String tensor = weights == Weights.W_IN ? "W_in" : weights == Weights.W_GATE ? "W_gate" : "W_out";
            List<SimpleMatrix> all = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                SimpleMatrix own = model.mlp(i / 5, tensor);
                all.add(weights == Weights.W_OUT ? own.getRow(i % 5).transpose() : own.getColumn(i % 5));
            }
            List<Neighbour> wanted = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                if (i != 7) {
                    double cosine = all.get(7).dot(all.get(i))
                            / all.get(7).normF()
                            / all.get(i).normF();
                    wanted.add(new Neighbour(i / 5, i % 5, cosine));
                }
            }
            wanted.sort(Comparator.comparingDouble(Neighbour::cosine).reversed());

            NearestNeurons asked = new NearestNeurons(new NeuronName(1, 2), weights, 14, 3, 1);
            NamedArray found = model.with(asked::compute);

            assertThat(found.axes()).isEqualTo(asked.axes(model.shape()));
            for (int rank = 0; rank < 14; rank++) {
                assertThat(found.data()[rank * 4]).isEqualTo(wanted.get(rank).layer());
                assertThat(found.data()[rank * 4 + 1])
                        .isEqualTo(wanted.get(rank).neuron());
                assertThat(found.data()[rank * 4 + 2])
                        .isEqualTo(wanted.get(rank).cosine(), within(1e-5));
                assertThat(found.data()[rank * 4 + 3]).isBetween(-1.0, 1.0);
            }
        }
    }

    /** Two copies of what a neuron writes, one a third as long; a neuron that writes nothing is near to none. */
    @Test
    void plantedCopiesComeFirstAndBeatChance() {
        WrittenTransformer written = random(3);
        float[] from = written.tensor("blocks.0.mlp.W_out");
        float[] later = written.tensor("blocks.1.mlp.W_out");
        for (int k = 0; k < 12; k++) {
            later[5 * 12 + k] = from[4 * 12 + k] / 3;
            from[40 * 12 + k] = from[4 * 12 + k] + (k == 0 ? 1e-3f : 0);
            from[k] = 0;
        }

        double[] found = nearest(written, new NearestNeurons(new NeuronName(0, 4), Weights.W_OUT, 3, 100, 1))
                .data();

        assertThat(found[0]).isEqualTo(1);
        assertThat(found[1]).isEqualTo(5);
        assertThat(found[2]).isEqualTo(1, within(1e-6)).isGreaterThan(found[3]);
        assertThat(found[4]).isEqualTo(0);
        assertThat(found[5]).isEqualTo(40);
        assertThat(found[6]).isGreaterThan(0.99).isGreaterThan(found[7]);
        assertThat(found[10]).isLessThan(found[11]);

        double[] dead = nearest(written, new NearestNeurons(new NeuronName(0, 0), Weights.W_OUT, 2, 5, 1))
                .data();
        assertThat(dead[0]).isNaN();
        assertThat(dead[2]).isNaN();
        assertThat(dead[3]).isPositive();
        double[] others = nearest(
                        written, new NearestNeurons(new NeuronName(1, 9), Weights.W_OUT, 2 * NEURONS - 1, 5, 1))
                .data();
        // All but the one that writes nothing have a cosine.
        assertThat(others[(2 * NEURONS - 3) * 4 + 2]).isBetween(-1.0, 0.0);
        assertThat(others[(2 * NEURONS - 2) * 4 + 2]).isNaN();
    }

    /** Each neuron goes into a mixture at length 1: one that is a thousand times as long changes no direction and no chance. */
    @Test
    void mixturesKnowNoLengths() {
        WrittenTransformer written = random(3);
        NearestNeurons asked = new NearestNeurons(new NeuronName(0, 4), Weights.W_OUT, 3, 1, 1);
        double[] before = nearest(written, asked).data();
        float[] weights = written.tensor("blocks.1.mlp.W_out");
        for (int k = 0; k < 12; k++) {
            weights[7 * 12 + k] *= 1000;
        }
        double[] after = nearest(written, asked).data();
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(before[i], within(1e-4)).isFinite();
        }
    }

    /** Two neurons write nothing: for the last two ranks there is neither a neighbour nor a chance. */
    @Test
    void ranksBeyondTheNeuronsThatWriteAreUndefined() {
        WrittenTransformer written = random(3);
        Arrays.fill(written.tensor("blocks.0.mlp.W_out"), 0, 2 * 12, 0);
        int count = 2 * NEURONS - 1;
        double[] found = nearest(written, new NearestNeurons(new NeuronName(1, 9), Weights.W_OUT, count, 5, 1))
                .data();
        assertThat(found[(count - 3) * 4 + 2]).isFinite();
        assertThat(found[(count - 2) * 4 + 2]).isNaN();
        // A mixture is no neuron of its own, and has one more that it can be near to.
        assertThat(found[(count - 2) * 4 + 3]).isFinite();
        assertThat(found[(count - 1) * 4 + 3]).isNaN();
    }

    /** 101 searches among three layers of five neurons of five numbers, each product and sum for the mixture and for the cosine. */
    @Test
    void operationsAreCounted() {
        NearestNeurons asked = new NearestNeurons(new NeuronName(1, 2), Weights.W_OUT, 5, 100, 1);
        assertThat(asked.flops(SmallModel.of(6, 6).shape())).isEqualTo(2 * 2 * 101 * 3 * 5 * 5);
    }

    /**
     * A mixture is as near to neurons of random weights as such a neuron is: one or two in a hundred lie beyond the 99th
     * percentile, in pairs, since two neurons are as near to each other. Three standard deviations above that is 5 in 100.
     */
    @Test
    void neuronsOfUntrainedModelsAreNoNearerThanChance() {
        int beyond = 0;
        for (int n = 0; n < 200; n++) {
            double[] found = nearest(
                            random(n / 20), new NearestNeurons(new NeuronName(n % 2, n % 20), Weights.W_IN, 1, 100, n))
                    .data();
            beyond += found[2] > found[3] ? 1 : 0;
        }
        assertThat(beyond).isLessThanOrEqualTo(10);
    }

    @Test
    void whatCannotBeAsked() {
        assertThatThrownBy(() -> new NearestNeurons(NeuronName.parse("L0F3"), Weights.W_OUT, 5, 100, 1))
                .hasMessageContaining("L0F3 is a feature, but `mlp.post` has neurons");
        assertThatThrownBy(() -> new NearestNeurons(new NeuronName(0, 3), Weights.W_OUT, 0, 100, 1))
                .hasMessageContaining("`count` must be 1 to 1000");
        assertThatThrownBy(() -> new NearestNeurons(new NeuronName(0, 3), Weights.W_OUT, 1, 1001, 1))
                .hasMessageContaining("`draws` must be 1 to 1000");
        assertThatThrownBy(() -> new NearestNeurons(new NeuronName(0, 3), Weights.W_OUT, 1001, 1, 1))
                .hasMessageContaining("`count` must be 1 to 1000");
        assertThatThrownBy(() -> new NearestNeurons(new NeuronName(0, 3), Weights.W_OUT, 1, 0, 1))
                .hasMessageContaining("`draws` must be 1 to 1000");
        assertThatCode(() -> new NearestNeurons(new NeuronName(0, 3), Weights.W_OUT, 1000, 1000, 1))
                .doesNotThrowAnyException();
    }
}
