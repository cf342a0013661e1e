package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.weights.ReadWrite.Pair;
import dev.loupe.backend.Backend;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Cosines of columns and rows, one by one. */
class ReadWriteTest {
    private static final SmallModel MODEL = SmallModel.of(6, 6);
    private static final List<Pair> PAIRS = List.of(Pair.GATE_IN, Pair.IN_OUT, Pair.GATE_OUT);

    private static SimpleMatrix vector(int layer, String name, int neuron) {
        SimpleMatrix all = MODEL.mlp(layer, name);
        return name.equals("W_out") ? all.getRow(neuron).transpose() : all.getColumn(neuron);
    }

    private static double cosine(Pair pair, int layer, int neuron, int other) {
        SimpleMatrix a = vector(layer, pair == Pair.IN_OUT ? "W_in" : "W_gate", neuron);
        SimpleMatrix b = vector(layer, pair == Pair.GATE_IN ? "W_in" : "W_out", other);
        return a.dot(b) / a.normF() / b.normF();
    }

    private static int other(Long seed, int layer, int neuron) {
        if (seed == null) {
            return neuron;
        }
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4));
        Collections.shuffle(order, new Random(seed * 31 + layer));
        return order.get(neuron);
    }

    @Test
    void everyNeuronOfEveryLayer() {
        for (Long seed : new Long[] {null, 4L}) {
            ReadWrite.Cosines work = new ReadWrite.Cosines(PAIRS, List.of(), seed);
            NamedArray found = MODEL.with(work::compute);
            assertThat(found.axes()).isEqualTo(work.axes(MODEL.shape()));
            for (int i = 0; i < 45; i++) {
                int layer = i / 5 % 3;
                double wanted = cosine(PAIRS.get(i / 15), layer, i % 5, other(seed, layer, i % 5));
                assertThat(found.data()[i]).isEqualTo(wanted, within(1e-5));
            }
        }
        // For each of 3 pairs and 3 x 5 neurons three sums of five products.
        assertThat(new ReadWrite.Cosines(PAIRS, List.of(), null).flops(MODEL.shape()))
                .isEqualTo(6 * 3 * 3 * 5 * 5);
    }

    @Test
    void namedNeuronsInTheirOrder() {
        List<NeuronName> neurons =
                List.of(new NeuronName(2, 4), new NeuronName(0, 1), new NeuronName(2, 0), new NeuronName(1, 3));
        for (Long seed : new Long[] {null, 9L}) {
            double[] found = MODEL.with(new ReadWrite.Cosines(PAIRS, neurons, seed)::compute)
                    .data();
            for (int i = 0; i < 12; i++) {
                NeuronName one = neurons.get(i % 4);
                double wanted =
                        cosine(PAIRS.get(i / 4), one.layer(), one.neuron(), other(seed, one.layer(), one.neuron()));
                assertThat(found[i]).isEqualTo(wanted, within(1e-5));
            }
        }
        // For each of 3 pairs and 4 neurons three sums of five products.
        assertThat(new ReadWrite.Cosines(PAIRS, neurons, null).flops(MODEL.shape()))
                .isEqualTo(6 * 3 * 4 * 5);
        assertThat(new ReadWrite(PAIRS, neurons).figure()).isEqualTo(Figure.BARS);
        assertThat(new ReadWrite(PAIRS, List.of()).figure()).isEqualTo(Figure.HISTOGRAM);
    }

    /** Feature 3 of a dictionary was read as neuron 3. */
    @Test
    void featuresHaveNoSuchWeights() {
        List<NeuronName> features = List.of(NeuronName.parse("L0F3"));
        assertThatThrownBy(() -> new ReadWrite(PAIRS, features))
                .hasMessageContaining("L0F3 is a feature, but `mlp.post` has neurons");
        assertThatThrownBy(() -> new WeightDirections(WeightDirections.Which.OUT, features, null, List.of(), null, 1))
                .hasMessageContaining("L0F3 is a feature, but `mlp.post` has neurons");
    }

    @Test
    void anMlpWithGatesHasThreePairs() {
        assertThat(Pair.of(MODEL.shape())).containsExactly(Pair.IN_OUT, Pair.GATE_OUT, Pair.GATE_IN);
        assertThat(Pair.GATE_OUT.gated()).isTrue();
        assertThat(Pair.IN_OUT.gated()).isFalse();
    }

    /**
     * Neuron 0 writes -3 times what it reads, neuron 1 twice that, both beside a constant that LayerNorm never reads. Neuron 2 reads
     * (1, 0, 0, 0, 0) times the gain 2 and writes (1, 1, 0, 0, 0): without their means (8, -2, -2, -2, -2) / 5 and
     * (3, 3, -2, -2, -2) / 5, so that the cosine is 30 / sqrt(80 * 30), and with them 1 / sqrt(2).
     */
    @Test
    void whatLayerNormDoesNotReadDoesNotCount() {
        for (Normalization norm : List.of(Normalization.LN, Normalization.RMS)) {
            WrittenTransformer written = WrittenTransformer.random(
                    TransformerConfig.builder(1, 5, 4, 6)
                            .nHeads(1)
                            .dHead(3)
                            .dMlp(3)
                            .dVocabOut(6)
                            .normalizationType(norm)
                            .build(),
                    7);
            float[] gain = {2, 1, 1, 1, 1};
            float[] in = written.tensor("blocks.0.mlp.W_in");
            float[] out = written.tensor("blocks.0.mlp.W_out");
            float constant = norm == Normalization.LN ? 0.7f : 0;
            for (int k = 0; k < 5; k++) {
                written.tensor("blocks.0.ln2.w")[k] = gain[k];
                in[k * 3 + 2] = k == 0 ? 1 : 0;
                out[k] = -3 * gain[k] * in[k * 3] + constant;
                out[5 + k] = 2 * gain[k] * in[k * 3 + 1] - constant;
                out[10 + k] = k < 2 ? 1 : 0;
            }
            ReadWrite.Cosines all = new ReadWrite.Cosines(List.of(Pair.IN_OUT), List.of(), null);
            ReadWrite.Cosines some = new ReadWrite.Cosines(
                    List.of(Pair.IN_OUT),
                    List.of(new NeuronName(0, 2), new NeuronName(0, 0), new NeuronName(0, 1)),
                    null);
            try (NDManager manager = Backend.cpu()) {
                double last = norm == Normalization.LN ? Math.sqrt(0.375) : Math.sqrt(0.5);
                assertThat(all.compute(written.weights(manager)).data())
                        .containsExactly(new double[] {-1, 1, last}, within(1e-6));
                assertThat(some.compute(written.weights(manager)).data())
                        .containsExactly(new double[] {last, -1, 1}, within(1e-6));
            }
        }
    }
}
