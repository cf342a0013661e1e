package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MidRanksTest {
    /** Ranks of 3, 1, 3, -0, 0 are 4.5, 3, 4.5, 1.5, 1.5. */
    @Test
    void equalValuesShareTheirMeanRank() {
        MidRanks ranks = new MidRanks(new float[] {3, 1, 3, -0f, 0}, 1, new int[] {0, 1, 2, 3, 4});
        double[] alone = IntStream.range(0, 5)
                .mapToDouble(i -> ranks.sum(new int[] {i}, 0))
                .toArray();
        assertThat(alone).containsExactly(4.5, 3, 4.5, 1.5, 1.5);
        assertThat(ranks.sums(new int[] {0, 3})).containsExactly(6);
    }

    /** A thousand random cases with many ties against the count over all pairs. */
    @Test
    void theAreaIsTheShareOfPairsInTheRightOrder() {
        Random random = new Random(5);
        for (int round = 0; round < 1000; round++) {
            int n = 4 + random.nextInt(40);
            int width = 1 + random.nextInt(4);
            float[] values = new float[n * width];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(6) - 3 + (random.nextBoolean() ? 0 : .25f);
            }
            int[] which = IntStream.range(0, n)
                    .filter(i -> i < 2 || random.nextInt(5) > 0)
                    .toArray();
            int[] positives = IntStream.range(0, which.length)
                    .filter(i -> i == 0 || i > 1 && random.nextBoolean())
                    .toArray();
            MidRanks ranks = new MidRanks(values, width, which);
            double[] sums = ranks.sums(positives);
            for (int neuron = 0; neuron < width; neuron++) {
                double pairs = 0;
                for (int i : positives) {
                    for (int j = 0; j < which.length; j++) {
                        int other = j;
                        if (IntStream.of(positives).noneMatch(k -> k == other)) {
                            float a = values[which[i] * width + neuron];
                            float b = values[which[j] * width + neuron];
                            pairs += a > b ? 1 : a == b ? .5 : 0;
                        }
                    }
                }
                double area = pairs / positives.length / (which.length - positives.length);
                assertThat(MidRanks.area(sums[neuron], positives.length, which.length))
                        .isEqualTo(area, within(1e-9));
                assertThat(ranks.sum(positives, neuron)).isEqualTo(sums[neuron]);
            }
        }
    }
}
