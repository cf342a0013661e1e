package dev.loupe.analysis.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.TokenRankings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of W_out times W_U, less their mean over the tokens. */
class AttributionTest {
    private static double[] byHand(int layer, int neuron, int... tokens) {
        float[] out = WrittenNeurons.MODEL.tensor("blocks." + layer + ".mlp.W_out");
        float[] unembedding = WrittenNeurons.MODEL.tensor("unembed.W_U");
        double[] all = Arrays.stream(tokens)
                .mapToDouble(t -> IntStream.range(0, 5)
                        .mapToDouble(d -> out[neuron * 5 + d] * unembedding[d * 6 + t])
                        .sum())
                .toArray();
        double mean = Arrays.stream(all).average().orElseThrow();
        return Arrays.stream(all).map(x -> x - mean).toArray();
    }

    @Test
    void neuronsAndTokensAreThoseThatAreAsked() {
        try (NDManager manager = Backend.cpu()) {
            double[][] one = Attribution.of(
                    WrittenNeurons.MODEL.weights(manager), ComponentKind.NEURON, 1, new int[] {1}, new int[] {4, 0, 3});
            assertThat(one).hasDimensions(1, 3);
            assertThat(one[0]).containsExactly(byHand(1, 1, 4, 0, 3), within(1e-5));
            double[][] all = Attribution.of(
                    WrittenNeurons.MODEL.weights(manager), ComponentKind.NEURON, 0, new int[0], new int[0]);
            assertThat(all).hasDimensions(2, 6);
            for (int n = 0; n < 2; n++) {
                assertThat(all[n]).containsExactly(byHand(0, n, 0, 1, 2, 3, 4, 5), within(1e-5));
            }
        }
    }

    @Test
    void tokensAreRankedByIt() {
        AttributedTokens tokens = new AttributedTokens(List.of(new NeuronName(1, 1), new NeuronName(0, 0)), 2);
        try (NDManager manager = Backend.cpu()) {
            StepValue.Rankings found = tokens.rank(WrittenNeurons.MODEL.weights(manager));
            for (int i = 0; i < 2; i++) {
                NeuronName neuron = tokens.neurons().get(i);
                double[] values = byHand(neuron.layer(), neuron.neuron(), 0, 1, 2, 3, 4, 5);
                List<Integer> order = IntStream.range(0, 6)
                        .boxed()
                        .sorted(Comparator.comparingDouble(t -> -values[t]))
                        .toList();
                TokenRankings.Ranking ranking = found.rankings().get(i);
                assertThat(ranking.label()).isEqualTo(neuron.toString());
                assertThat(ranking.groups().get(0).entries().stream().map(TokenRankings.Entry::id))
                        .containsExactlyElementsOf(order.subList(0, 2));
                assertThat(ranking.groups().get(1).entries().stream().map(TokenRankings.Entry::id))
                        .containsExactly(order.get(5), order.get(4));
                assertThat(ranking.groups().get(0).entries().get(0).values().get(0))
                        .isEqualTo(values[order.get(0)], within(1e-5));
            }
        }
        // Two neurons, d_model 5 and six tokens.
        assertThat(tokens.flops(WrittenNeurons.MODEL.shape())).isEqualTo(2 * 2 * 5 * 6);
    }
}
