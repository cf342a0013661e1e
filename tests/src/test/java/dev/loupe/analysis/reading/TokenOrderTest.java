package dev.loupe.analysis.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenOrderTest {
    @Test
    void equalNumbersComeByTheirIdsAndUndefinedOnesNever() {
        double nan = Double.NaN;
        assertThat(TokenOrder.highest(new double[] {nan, 1, 3, nan, 3, 2, 3}, 4))
                .containsExactly(2, 4, 6, 5);
        assertThat(TokenOrder.lowest(new double[] {nan, 1, 3, nan, 1, 2}, 3)).containsExactly(1, 4, 5);
        assertThat(TokenOrder.highest(new double[] {nan, nan}, 1)).isEmpty();
        assertThat(TokenOrder.highest(new double[] {1, 2}, 0)).isEmpty();
        assertThat(TokenOrder.highest(new double[] {Double.NEGATIVE_INFINITY, 2}, 5))
                .containsExactly(1, 0);
    }

    @Test
    void itIsTheBeginningOfTheSortedVocabulary() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            double[] values = random.doubles(random.nextInt(40))
                    .map(x -> Math.floor(8 * x))
                    .toArray();
            int count = random.nextInt(12);
            List<Integer> sorted = IntStream.range(0, values.length)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> -values[i]).thenComparing(i -> i))
                    .limit(count)
                    .toList();
            assertThat(TokenOrder.highest(values, count)).isEqualTo(sorted);
        }
    }
}
