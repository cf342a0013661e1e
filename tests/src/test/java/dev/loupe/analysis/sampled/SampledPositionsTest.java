package dev.loupe.analysis.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledPositionsTest {
    private static final TokenRows ROWS = new TokenRows(
            new int[2][12],
            new int[0][],
            Map.of("some", new boolean[][] {
                new boolean[12], {true, true, false, true, false, true, false, false, true, false, true, false}
            }),
            Map.of(),
            Map.of());

    /** One after the other drawn from those that are left, where the last one is put in the place of what is drawn. */
    private static List<Integer> drawn(List<Integer> open, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> left = new ArrayList<>(open);
        for (int i = 0; i < count; i++) {
            java.util.Collections.swap(left, i, i + random.nextInt(left.size() - i));
        }
        return left.subList(0, count).stream().sorted().toList();
    }

    private static List<Integer> of(SampledPositions sample, int row, int number, int all) {
        return IntStream.of(sample.of(ROWS, row, number, all)).boxed().toList();
    }

    @Test
    void aRowGivesItsEqualPart() {
        SampledPositions sample = new SampledPositions(50, 64, 1, "everywhere", 7);
        List<Integer> open = IntStream.range(1, 12).boxed().toList();
        // 50 of 10 rows are five of each.
        for (int number = 0; number < 20; number++) {
            assertThat(of(sample, number % 2, number, 10)).isEqualTo(drawn(open, 5, 7 * 0x9E3779B97F4A7C15L + number));
        }
        assertThat(of(sample, 0, 3, 1)).as("all there are").isEqualTo(open);
        assertThat(sample.most(10)).isEqualTo(50);
        assertThat(sample.most(0)).isZero();
        assertThat(new SampledPositions(40, 3, 1, "everywhere", 7).most(10)).isEqualTo(30);
    }

    @Test
    void onlyPositionsOfTheClassFromTheFirstOn() {
        SampledPositions sample = new SampledPositions(40, 3, 1, "some", 2);
        assertThat(of(sample, 1, 5, 10)).isEqualTo(drawn(List.of(1, 3, 5, 8, 10), 3, 2 * 0x9E3779B97F4A7C15L + 5));
        assertThat(of(sample, 0, 5, 10)).isEmpty();
        assertThat(of(new SampledPositions(40, 64, 0, "some", 2), 1, 0, 1)).containsExactly(0, 1, 3, 5, 8, 10);
    }

    /** 40 positions of 9375000 floats of four bytes are 1.5 GB. */
    @Test
    void aSampleHasRoomForOneAndAHalfGigabytes() {
        SampledPositions sample = new SampledPositions(40, 64, 1, "everywhere", 7);
        assertThatCode(() -> sample.requireRoom(10, 9_375_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> sample.requireRoom(10, 9_375_001)).hasMessageContaining("1500 MB");
    }

    @Test
    void numbersHaveLimits() {
        new SampledPositions(40, 1, 0, "everywhere", 7);
        for (int[] wrong : new int[][] {{39, 1, 0}, {40, 0, 0}, {40, 1, -1}}) {
            assertThatThrownBy(() -> new SampledPositions(wrong[0], wrong[1], wrong[2], "everywhere", 7))
                    .hasMessageContaining("at least 40 positions");
        }
    }
}
