package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue.Activations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two positions of each of five documents, of which the last equals the first. */
class NeuronExamplesTest {
    private static final float[] OF_ONE = {9, 4, 7, 8, 0, 3, -1, 2, 6, 5};
    private static final NeuronExamples EXAMPLES = examples(new int[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {1, 2}});

    private static NeuronExamples examples(int[][] tokens) {
        float[] values = new float[20];
        for (int i = 0; i < 10; i++) {
            values[2 * i + 1] = OF_ONE[i];
        }
        return new NeuronExamples(
                new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of()),
                new Activations(
                        IntStream.range(0, 10).map(i -> i / 2).toArray(),
                        IntStream.range(0, 10).map(i -> i % 2).toArray(),
                        List.of(0),
                        2,
                        List.of(values)));
    }

    @Test
    void theLargestOfEachDocumentAboveZero() {
        assertThat(EXAMPLES.size()).isEqualTo(10);
        assertThat(EXAMPLES.value(1, 3)).isEqualTo(8);
        assertThat(EXAMPLES.ranked(1)).containsExactly(0, 3, 2, 8, 9, 1, 5, 7, 4, 6);
        assertThat(EXAMPLES.top(1, 9)).containsExactly(0, 3, 5, 7);
        assertThat(EXAMPLES.top(1, 2)).containsExactly(0, 3);
        assertThat(EXAMPLES.top(0, 9)).isEmpty();
    }

    /** Of ten the lowest three are 6, 4 and 7, of documents 2 and 3; the three above are 5, 1 and 9, of 2 and the first. */
    @Test
    void aStratumLiesBetweenTwoQuantiles() {
        int[] ranked = EXAMPLES.ranked(1);
        assertThat(drawn(ranked, 0, .3)).isSubsetOf(4, 6, 7).contains(4);
        assertThat(drawn(ranked, .3, .6)).isSubsetOf(5, 1, 9).contains(5);
        assertThat(drawn(ranked, .6, 1)).isSubsetOf(0, 3, 2, 8);
        for (double[] part : new double[][] {{0, .3}, {.3, .6}, {.6, 1}}) {
            TreeSet<Integer> all = new TreeSet<>();
            for (int seed = 0; seed < 40; seed++) {
                int[] one = EXAMPLES.between(ranked, part[0], part[1], 9, new SplittableRandom(seed));
                assertThat(one).hasSize(2);
                assertThat(EXAMPLES.between(ranked, part[0], part[1], 1, new SplittableRandom(seed)))
                        .containsExactly(one[0]);
                Arrays.stream(one).forEach(all::add);
            }
            // Every position of the stratum is drawn some time.
            int size = (int) Math.round((part[1] - part[0]) * 10);
            assertThat(all).hasSize(size);
        }
    }

    private static List<Integer> drawn(int[] ranked, double from, double to) {
        return Arrays.stream(EXAMPLES.between(ranked, from, to, 9, new SplittableRandom(3)))
                .boxed()
                .toList();
    }

    @Test
    void anyPositionsAreOnePerDocument() {
        TreeSet<Integer> seen = new TreeSet<>();
        for (int seed = 0; seed < 40; seed++) {
            int[] any = EXAMPLES.any(9, new SplittableRandom(seed));
            assertThat(Arrays.stream(any).map(i -> i / 2 % 4).boxed().toList()).containsExactlyInAnyOrder(0, 1, 2, 3);
            Arrays.stream(any).forEach(seen::add);
        }
        assertThat(seen).hasSize(10);
    }
}
