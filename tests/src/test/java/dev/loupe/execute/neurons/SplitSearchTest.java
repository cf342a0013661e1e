package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.metric.reading.StepValue;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two layers of two neurons at 160 positions, of which the even ones select and the odd ones test. */
class SplitSearchTest {
    private static final int N = 160;

    /** The second neuron of a layer hears a label of its own, in the first layer turned round; the others are silent. */
    private static SplitSearch search() {
        float[] first = new float[2 * N];
        float[] second = new float[2 * N];
        for (int i = 0; i < N; i++) {
            first[2 * i + 1] = has(i, 2) ? -2 : -1;
            second[2 * i + 1] = has(i, 4) ? 1 : 0;
        }
        int[] places = IntStream.range(0, N).toArray();
        StepValue.Activations sample =
                new StepValue.Activations(places, places, List.of(3, 5), 2, List.of(first, second));
        return new SplitSearch(sample, side(0), side(1));
    }

    private static Strata side(int odd) {
        return Strata.one(IntStream.range(0, N).filter(i -> i % 2 == odd).toArray());
    }

    /** Every other pair of positions, or every other four. */
    private static boolean has(int i, int run) {
        return i / run % 2 == 0;
    }

    private static boolean[] label(int run) {
        boolean[] label = new boolean[N];
        IntStream.range(0, N).forEach(i -> label[i] = has(i, run));
        return label;
    }

    @Test
    void everyLabelIsTestedOnTheNeuronThatItFound() {
        SplitSearch search = search();
        SplitSearch.Best[] best = search.of(new boolean[][] {label(2), label(4)});
        assertThat(best[0]).isEqualTo(new SplitSearch.Best(0, 1, 1, 1, false));
        assertThat(best[1]).isEqualTo(new SplitSearch.Best(1, 1, 1, 1, true));
        assertThat(search.score(best[0], search.test())).containsOnly(1, 2);
        assertThat(search.score(best[1], search.test())).containsOnly(0, 1);
    }

    @Test
    void twentyPositionsWithALabelAreEnough() {
        SplitSearch search = search();
        boolean[] twenty = new boolean[N];
        java.util.Arrays.fill(twenty, 0, 40, true);
        assertThat(search.tells(twenty)).isTrue();
        assertThat(search.of(new boolean[][] {twenty})[0].defined()).isTrue();
        twenty[39] = false;
        assertThat(search.tells(twenty)).as("19 where it is tested").isFalse();
        assertThat(search.of(new boolean[][] {twenty})[0]).isEqualTo(SplitSearch.Best.NONE);
        twenty[39] = true;
        twenty[38] = false;
        assertThat(search.tells(twenty)).as("19 where it is selected").isFalse();
        assertThat(search.of(new boolean[][] {twenty})[0]).isEqualTo(SplitSearch.Best.NONE);
    }
}
