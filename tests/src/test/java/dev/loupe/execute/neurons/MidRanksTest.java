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
        Strata all = Strata.one(new int[] {0, 1, 2, 3, 4});
        MidRanks ranks = MidRanks.of(new float[] {3, 1, 3, -0f, 0}, 1, all);
        assertThat(ranks.twice()).containsExactly(9, 6, 9, 3, 3);
        assertThat(ranks.sum(new boolean[] {true, false, false, true, false}, 0))
                .isEqualTo(6);
    }

    /** Places 0, 2 and 4 have key 7, places 1 and 3 key 5; inside 7 the values are 3, 1, 3. */
    @Test
    void strataRankTheirOwnPositionsAlone() {
        Strata strata = Strata.by(new int[] {0, 1, 2, 3, 4}, new int[] {7, 5, 7, 5, 7});
        assertThat(strata.positions()).containsExactly(1, 3, 0, 2, 4);
        MidRanks ranks = MidRanks.of(new float[] {3, 9, 1, -9, 3}, 1, strata);
        assertThat(ranks.twice()).containsExactly(4, 2, 5, 2, 5);
    }

    /** A thousand random cases with many ties, half of them with strata, against the count over all pairs. */
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
            boolean[] label = new boolean[n];
            int[] key = new int[n];
            for (int i = 0; i < n; i++) {
                label[i] = i == 0 || i > 1 && random.nextBoolean();
                key[i] = round % 2 == 0 || i < 2 ? 0 : random.nextInt(3);
            }
            int[] which = IntStream.range(0, n)
                    .filter(i -> i < 2 || random.nextInt(5) > 0)
                    .toArray();
            Strata strata = Strata.by(which, key);
            MidRanks ranks = MidRanks.of(values, width, strata);
            boolean[] has = strata.in(label);
            for (int neuron = 0; neuron < width; neuron++) {
                double right = 0;
                double pairs = 0;
                for (int i : which) {
                    for (int j : which) {
                        if (label[i] && !label[j] && key[i] == key[j]) {
                            float a = values[i * width + neuron];
                            float b = values[j * width + neuron];
                            right += a > b ? 1 : a == b ? .5 : 0;
                            pairs++;
                        }
                    }
                }
                assertThat(strata.pairs(has).area(ranks.sum(has, neuron))).isEqualTo(right / pairs, within(1e-9));
                assertThat(MidRanks.of(values, width, neuron, strata).sum(has, 0))
                        .isEqualTo(ranks.sum(has, neuron));
            }
        }
    }
}
