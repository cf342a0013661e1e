package dev.loupe.metric.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogitsAtPositionsTest {
    private final NDManager manager = Backend.cpu();

    /** Two positions over the ids 0 to 3. */
    private final LogitsAtPositions all =
            of(manager.create(new float[] {1, 5, 2, 5, 8, 0, 9, 7}, new Shape(2, 4)), null, null);

    /** The same of the ids 2, 5 and 11 alone. */
    private final LogitsAtPositions some =
            of(manager.create(new float[] {1, 5, 2, 8, 0, 9}, new Shape(2, 3)), null, new int[] {2, 5, 11});

    @AfterEach
    void close() {
        manager.close();
    }

    private static LogitsAtPositions of(NDArray made, long[] at, int[] ids) {
        return new LogitsAtPositions(made, at, ids, new int[] {0, 1}, new int[] {3, 3}, new int[][] {{0}, {2}});
    }

    private static float[] read(LogitsAtPositions asked, int[][] wanted, Reduction how) {
        return asked.logits(wanted, how).toFloatArray();
    }

    @Test
    void severalIdsBecomeOneNumber() {
        int[][] wanted = {{2, 1, 3}, {0, 1}};
        assertThat(read(all, wanted, Reduction.FIRST)).containsExactly(2, 8);
        assertThat(read(all, wanted, Reduction.MAX)).containsExactly(5, 8);
        assertThat(read(all, wanted, Reduction.MEAN)).containsExactly(new float[] {4, 4}, within(1e-6f));
        assertThat(read(all, wanted, Reduction.SUM)).containsExactly(new float[] {12, 8}, within(1e-6f));
    }

    @Test
    void theirMembersAreThoseWhoseMeanIsRead() {
        int[][] wanted = {{2, 1, 3}, {1, 0}};
        assertThat(all.members(wanted, Reduction.MEAN)).isDeepEqualTo(wanted);
        assertThat(all.members(wanted, Reduction.FIRST)).isDeepEqualTo(new int[][] {{2}, {1}});
        assertThat(all.members(wanted, Reduction.MAX))
                .as("of equal ones the first")
                .isDeepEqualTo(new int[][] {{1}, {0}});
        assertThat(all.members(new int[][] {{0, 2, 1}, {3, 1, 2}}, Reduction.MAX))
                .as("the last may be the largest")
                .isDeepEqualTo(new int[][] {{1}, {2}});
        assertThat(all.members(new int[][] {{0, 1}, {0, 3}}, Reduction.MAX))
                .as("a row is held against itself: 7 is less than 8, though more than 1")
                .isDeepEqualTo(new int[][] {{1}, {0}});
        assertThatThrownBy(() -> all.members(wanted, Reduction.SUM)).hasMessage("a sum of logits is not a mean");
    }

    @Test
    void logitsOfSingleIdsAreFoundByTheId() {
        assertThat(read(some, new int[][] {{2}, {11}}, Reduction.FIRST)).containsExactly(1, 9);
        assertThat(read(some, new int[][] {{5, 2}, {5, 11, 2}}, Reduction.MAX)).containsExactly(5, 9);
        assertThat(some.members(new int[][] {{2, 5}, {5, 2}}, Reduction.MAX)).isDeepEqualTo(new int[][] {{5}, {2}});
        assertThatThrownBy(() -> read(some, new int[][] {{2}, {3}}, Reduction.FIRST))
                .hasMessage("no logit of id 3 was made");
        assertThatThrownBy(some::likeliest).hasMessage("only logits of single ids were made");
    }

    /** Three positions were made and the last and the first are asked, in this order. */
    @Test
    void onlyTheAskedOfWhatWasMadeAreRead() {
        NDArray made = manager.create(new float[] {1, 2, 4, 3, 6, 5}, new Shape(3, 2));
        LogitsAtPositions asked = of(made, new long[] {2, 0}, null);
        assertThat(read(asked, new int[][] {{0}, {1}}, Reduction.FIRST)).containsExactly(6, 2);
        assertThat(asked.likeliest()).containsExactly(0, 1);
        LogitsAtPositions none = new LogitsAtPositions(made, new long[0], null, new int[0], new int[0], new int[0][]);
        assertThat(none.logits().getShape().get(0)).isZero();
    }

    /** More than four million logits are read one position after another, with the same result. */
    @Test
    void aLargeVocabularyIsReadInParts() {
        int ids = 2_500_000;
        float[] logits = new float[2 * ids];
        logits[7] = 3;
        logits[2 * ids - 1] = 4;
        LogitsAtPositions large = of(manager.create(logits, new Shape(2, ids)), null, null);
        assertThat(large.likeliest()).containsExactly(7, ids - 1);
        LogitsAtPositions turned = of(manager.create(logits, new Shape(2, ids)), new long[] {1, 0}, null);
        assertThat(turned.likeliest()).containsExactly(ids - 1, 7);
        // exp(3) / (exp(3) + ids - 1), and the same for 4; a sum of so many floats has four digits.
        assertThat(large.probabilities(new int[][] {{7}, {ids - 1}}, Reduction.FIRST))
                .containsExactly(
                        new float[] {
                            (float) (Math.exp(3) / (Math.exp(3) + ids - 1)),
                            (float) (Math.exp(4) / (Math.exp(4) + ids - 1))
                        },
                        within(1e-7f));
    }

    /** Where most of what was made is asked, nothing is copied; the bits are those of the asked rows alone. */
    @Test
    void logProbabilitiesAreTheSameWithoutACopyOfTheAskedRows() {
        float[] logits = {1, 5, 2, 5, 8, 0, 9, 7, 3, 3, 3, 3, -2, 0.5f, 4, 1};
        int[][] wanted = {{1}, {0}, {2}};
        float[] copied = new float[3];
        for (int i = 0; i < 3; i++) {
            NDArray alone = manager.create(Arrays.copyOfRange(logits, 4 * i + 4, 4 * i + 8), new Shape(1, 4));
            copied[i] = alone.logSoftmax(-1).toFloatArray()[wanted[i][0]];
        }
        LogitsAtPositions asked = new LogitsAtPositions(
                manager.create(logits, new Shape(4, 4)), new long[] {1, 2, 3}, null, new int[3], new int[3], wanted);
        assertThat(asked.logProbabilities(Reduction.FIRST)).containsExactly(copied);
        assertThat(copied[1]).isCloseTo((float) -Math.log(4), within(1e-6f));
    }
}
