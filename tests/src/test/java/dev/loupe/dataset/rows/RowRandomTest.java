package dev.loupe.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowRandomTest {

    /** From the published algorithm in another language: a change here changes every dataset, and with it every trained model's recipe. */
    @Test
    void theStreamIsFixedForEver() {
        RowRandom random = new RowRandom(1, 2);
        long[] drawn = {random.nextLong(), random.nextLong(), random.nextInt(100), random.between(5, 12)};
        assertThat(drawn).containsExactly(FIXED);
    }

    private static final long[] FIXED = {7921274661564616335L, -1859799834665505114L, 66, 10};

    @Test
    void rowsAndSeedsHaveStreamsOfTheirOwn() {
        Set<Long> first = new HashSet<>();
        for (long seed = -50; seed < 50; seed++) {
            for (long row = 0; row < 100; row++) {
                first.add(new RowRandom(seed, row).nextLong());
            }
        }
        assertThat(first).hasSize(10_000);
    }

    @Test
    void drawsAreUniform() {
        int[] counts = new int[7];
        double sum = 0;
        for (int row = 0; row < 70_000; row++) {
            RowRandom random = new RowRandom(3, row);
            counts[random.nextInt(7)]++;
            sum += random.nextDouble();
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_600, 10_400);
        }
        assertThat(sum / 70_000).isBetween(0.495, 0.505);
    }

    @Test
    void choicesAreDifferentAndSorted() {
        for (int row = 0; row < 200; row++) {
            int[] chosen = new RowRandom(4, row).choose(5, 9);
            for (int i = 1; i < 5; i++) {
                assertThat(chosen[i]).isGreaterThan(chosen[i - 1]).isBetween(0, 8);
            }
        }
    }
}
