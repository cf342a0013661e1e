package dev.loupe.execute.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SortedOrderTest {
    /** Short arrays are compared and long ones are sorted by their bits: numbers of either sign, ties, zeros and infinities. */
    @Test
    void shortAndLongArraysComeOutInTheOrderOfTheirNumbers() {
        Random random = new Random(6);
        for (int n : new int[] {1, 7, 255, 256, 5000}) {
            float[] values = new float[n + 3];
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (random.nextInt(8)) {
                    case 0 -> 0f;
                    case 1 -> -0f;
                    case 2 -> random.nextInt(5) - 2;
                    case 3 -> (float) (random.nextGaussian() * 1e-40);
                    default -> (float) (random.nextGaussian() * Math.exp(10 * random.nextGaussian()));
                };
            }
            values[3] = Float.NEGATIVE_INFINITY;
            values[n + 2] = Float.POSITIVE_INFINITY;
            int[] expected = IntStream.range(3, n + 3)
                    .boxed()
                    .sorted((a, b) -> Float.compare(values[a] + 0f, values[b] + 0f))
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertThat(SortedOrder.of(values, 3, n + 3)).containsExactly(expected);
        }
    }

    @Test
    void theLargestFirstAndOfEqualOnesTheEarlier() {
        for (int n : new int[] {9, 900}) {
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = i % 4 - 1.5f;
            }
            values[5] = 0f;
            values[6] = -0f;
            int[] expected = IntStream.range(0, n)
                    .boxed()
                    .sorted((a, b) -> Float.compare(values[b] + 0f, values[a] + 0f))
                    .mapToInt(Integer::intValue)
                    .toArray();
            assertThat(SortedOrder.descending(values)).containsExactly(expected);
        }
    }
}
