package dev.loupe.model.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyActivation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HiddenNeuronsTest {
    private static ToyGrid grid(int numbers, int hidden, ToyActivation activation) {
        return ToyGrid.single(new PairEmbeddingMlpConfig(numbers, hidden, 0, activation, false));
    }

    /** What is read has length 5 and what is written 20, so that both become sqrt(5 * 20) = 10 long. */
    @Test
    void readingAndWritingAreEquallyLongWhereAFactorPasses() {
        Map<String, float[]> weights =
                Map.of("A", new float[] {3, 0}, "B", new float[] {4, 0}, "U", new float[] {0, 20});
        assertThat(new HiddenNeurons(grid(2, 1, ToyActivation.RELU), 0).vectors(weights)[0])
                .containsExactly(new double[] {6, 0, 8, 0, 0, 10}, within(1e-12));
        assertThat(new HiddenNeurons(grid(2, 1, ToyActivation.GELU), 0).vectors(weights)[0])
                .containsExactly(3, 0, 4, 0, 0, 20);
    }

    @Test
    void aNeuronThatReadsOrWritesNothingStaysAsItIs() {
        Map<String, float[]> silent =
                Map.of("A", new float[] {0, 0}, "B", new float[] {0, 0}, "U", new float[] {0, 20});
        assertThat(new HiddenNeurons(grid(2, 1, ToyActivation.RELU), 0).vectors(silent)[0])
                .containsExactly(0, 0, 0, 0, 0, 20);
    }

    /**
     * Neurons read (3, 0) and (0, 3) in both networks. They write (2, 0) and (0, 2) in one, (1.2, 1.6) and (1.6, 1.2) in the other,
     * 0.6 alike in this order and 0.8 in the other one. With both lengths the root of 6 the first order has 6 + 3.6 for each
     * neuron, the other 4.8. If what is written took the factor alone, the first would have 1 + 21.6 and the other 28.8.
     */
    @Test
    void whatIsReadCountsAsMuchAsWhatIsWritten() {
        ToyGrid grid = grid(2, 2, ToyActivation.RELU);
        float[] nothing = new float[4];
        Map<String, float[]> one = Map.of("A", new float[] {3, 0, 0, 3}, "B", nothing, "U", new float[] {2, 0, 0, 2});
        Map<String, float[]> other =
                Map.of("A", new float[] {3, 0, 0, 3}, "B", nothing, "U", new float[] {1.2f, 1.6f, 1.6f, 1.2f});
        assertThat(new NeuronMatching().of(grid, List.of(other, one)).get("A")).containsExactly(3, 0, 0, 3);
    }
}
