package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.ToyComputation.What;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.FeaturePairs;
import dev.loupe.model.toy.ComputeMlpConfig;
import dev.loupe.model.toy.PairLogic;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyOutput;
import dev.loupe.result.NamedArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToyComputationTest {
    private static final List<What> ALL = List.of(What.values());

    private static NamedArray measured(WrittenToy toy, int inputs, FeaturePairs.Function function) {
        FeaturePairs data = new FeaturePairs(inputs, function, List.of(0.5), 1024, null);
        return new ToyComputation.Work(new ToyComputation(ALL, 2000, 5), data).compute(toy);
    }

    private static double number(NamedArray found, What what) {
        return found.data()[ALL.indexOf(what)];
    }

    /** One neuron for each pair, by hand: no error at all, and every neuron answers its own pair alone. */
    @Test
    void onePairANeuronIsExactAndMonosemantic() {
        try (NDManager manager = Backend.cpu()) {
            NamedArray found = measured(WrittenToy.of(new PairLogic(6), manager), 6, FeaturePairs.Function.AND);
            assertThat(number(found, What.LOSS)).isEqualTo(0);
            assertThat(number(found, What.RELATIVE_LOSS)).isEqualTo(0);
            assertThat(number(found, What.RECALL)).isEqualTo(1);
            assertThat(number(found, What.ACCURACY)).isEqualTo(1);
            assertThat(number(found, What.MONOSEMANTICITY)).isEqualTo(1, within(1e-6));
            assertThat(number(found, What.SILENT_NEURONS)).isEqualTo(0);
            assertThat(number(found, What.OUTPUTS_PER_NEURON)).isEqualTo(1);
            assertThat(number(found, What.NEURONS_PER_OUTPUT)).isEqualTo(1);
        }
    }

    /**
     * Three inputs, one neuron max(x_0 + x_1 + x_2 - 1, 0), written with weight 1 to output (0,1) and .1 to the others: it is 0,
     * 0, 1, 2 for 0, 1, 2, 3 ones, so each of the three pairs has the response |1/4|: one third of the sum. An output neuron of a
     * linear network, x_0 + x_1, answers no pair.
     */
    @Test
    void aNeuronForThreePairsHasOneThird() {
        ComputeMlpConfig config = new ComputeMlpConfig(3, 2, 3, ToyActivation.RELU, ToyOutput.NONE);
        Map<String, float[]> weights = Map.of(
                "W_in", new float[] {1, 1, 1, 1, 1, 0},
                "b_in", new float[] {-1, 0},
                "W_out", new float[] {1, .1f, .1f, 0, 0, 0},
                "b_out", new float[3]);
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = WrittenToy.copies(config, 1, weights, manager);
            NamedArray found = measured(toy, 3, FeaturePairs.Function.AND);
            assertThat(number(found, What.MONOSEMANTICITY)).isEqualTo(1 / 3.0, within(1e-6));
            assertThat(number(found, What.SILENT_NEURONS)).isEqualTo(1);
            assertThat(number(found, What.OUTPUTS_PER_NEURON)).isEqualTo(.5);
        }
    }

    /** A network that answers zero finds nothing, has the loss of the zero network and is right wherever the answer is no. */
    @Test
    void aSilentNetworkHasTheLossOfZero() {
        ComputeMlpConfig config = new ComputeMlpConfig(2, 1, 1, ToyActivation.RELU, ToyOutput.NONE);
        Map<String, float[]> zeros =
                Map.of("W_in", new float[2], "b_in", new float[1], "W_out", new float[1], "b_out", new float[1]);
        try (NDManager manager = Backend.cpu()) {
            NamedArray found = measured(WrittenToy.copies(config, 1, zeros, manager), 2, FeaturePairs.Function.OR);
            assertThat(number(found, What.RELATIVE_LOSS)).isEqualTo(1, within(.05));
            assertThat(number(found, What.RECALL)).isEqualTo(0);
            assertThat(number(found, What.ACCURACY)).isEqualTo(.25, within(.05));
            assertThat(number(found, What.MONOSEMANTICITY)).isNaN();
        }
    }
}
