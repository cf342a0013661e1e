package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestNeuronsTest {
    /** More neurons than a tile and more labels than are summed at a time, rare ones and ones of most positions. */
    @Test
    void everyLabelGetsTheNeuronWithTheLargestAreaOfAll() {
        Random random = new Random(8);
        int n = 60;
        int width = 300;
        List<float[]> layers = List.of(new float[n * width], new float[n * width]);
        layers.forEach(values -> IntStream.range(0, values.length).forEach(i -> values[i] = random.nextInt(20)));
        Strata strata = Strata.by(
                IntStream.range(0, n).toArray(),
                IntStream.range(0, n).map(i -> i % 2).toArray());
        List<MidRanks> ranks = layers.stream()
                .map(values -> MidRanks.of(values, width, strata))
                .toList();
        boolean[][] labels = new boolean[600][n];
        Strata.Pairs[] pairs = new Strata.Pairs[labels.length];
        for (int l = 0; l < labels.length; l++) {
            for (int i = 0; i < n; i++) {
                labels[l][i] = random.nextInt(10) <= l % 9;
            }
            pairs[l] = strata.pairs(labels[l]);
        }
        BestNeurons search = new BestNeurons(ranks, strata);
        BestNeurons.Neuron[] best = search.of(labels, pairs);
        for (int l = 0; l < labels.length; l++) {
            double most = 0;
            assertThat(best[l].neuron()).isLessThan(width);
            for (int layer = 0; layer < 2; layer++) {
                for (int neuron = 0; neuron < width; neuron++) {
                    double area = pairs[l].area(ranks.get(layer).sum(labels[l], neuron));
                    most = Math.max(most, Math.max(area, 1 - area));
                }
            }
            double found = pairs[l].area(ranks.get(best[l].layer()).sum(labels[l], best[l].neuron()));
            assertThat(best[l].area()).isEqualTo(found, within(1e-12));
            assertThat(best[l].either()).isEqualTo(most, within(1e-12));
        }
    }
}
