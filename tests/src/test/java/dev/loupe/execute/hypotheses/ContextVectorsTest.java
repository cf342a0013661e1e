package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.metric.reading.StepValue.Activations;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextVectorsTest {
    /** Four positions of two dimensions in layers 2 and 5; the mean of layer 5 is (3, -1), and what is left (2, 1), (0, 2), (-3, -3), (1, 0). */
    private static final ContextVectors CONTEXTS = new ContextVectors(new Activations(
            new int[] {0, 0, 1, 1}, new int[] {1, 2, 1, 2}, List.of(2, 5), 2, List.of(new float[8], new float[] {
                5, 0, 3, 1, 0, -4, 4, -1
            })));

    @Test
    void theMeanOfAllIsTakenOff() {
        assertThat(CONTEXTS.middle(5, new int[] {0})).containsExactly(2, 1);
        assertThat(CONTEXTS.middle(5, new int[] {0, 1, 3})).containsExactly(new double[] {1, 1}, within(1e-12));
        assertThat(CONTEXTS.middle(5, new int[] {0, 1, 2, 3})).containsExactly(new double[] {0, 0}, within(1e-12));
        assertThat(CONTEXTS.middle(2, new int[] {3})).containsExactly(0, 0);
    }

    @Test
    void likenessIsTheMeanCosineOfEachTwo() {
        double first = 2 / (Math.sqrt(5) * 2);
        double second = 2 / Math.sqrt(5);
        assertThat(CONTEXTS.alike(5, new int[] {0, 1})).isEqualTo(first, within(1e-12));
        assertThat(CONTEXTS.alike(5, new int[] {0, 1, 3})).isEqualTo((first + second + 0) / 3, within(1e-12));
        double opposite = -9 / (Math.sqrt(5) * Math.sqrt(18));
        assertThat(CONTEXTS.alike(5, new int[] {2, 0})).isEqualTo(opposite, within(1e-12));
    }

    @Test
    void aContextOfLengthZeroIsLikeNone() {
        assertThat(ContextVectors.cosine(new double[] {0, 0}, new double[] {1, 2}))
                .isZero();
        assertThat(ContextVectors.cosine(new double[] {1, 2}, new double[] {0, 0}))
                .isZero();
        assertThat(ContextVectors.cosine(new double[] {3, 4}, new double[] {4, 3}))
                .isEqualTo(24 / 25.0, within(1e-12));
    }
}
