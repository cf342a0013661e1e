package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.neurons.PurityOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first ten of forty positions are the examples. Each has a token of its own unless a test says otherwise. */
class FeatureCountTest {
    private static final int POSITIONS = 40;
    private static final int[] CHOSEN = IntStream.range(0, 10).toArray();

    private final int[] token = IntStream.range(0, POSITIONS).toArray();

    private static int[] at(int... positions) {
        return positions;
    }

    private double count(@Nullable ContextVectors contexts, int[]... labels) {
        boolean[][] known = new boolean[labels.length + 1][POSITIONS];
        List<String> flags = new ArrayList<>(List.of(PositionFacts.REPEATED));
        for (int f = 0; f < labels.length; f++) {
            flags.add("label" + f);
            for (int position : labels[f]) {
                known[f + 1][position] = true;
            }
        }
        // That a token came before is no label, however often it is so.
        for (int i = 0; i < 5; i++) {
            known[0][i] = true;
        }
        int[][] places = {token, token, token};
        PositionFacts facts =
                new PositionFacts(IntStream.range(0, POSITIONS).toArray(), places, List.copyOf(flags), known);
        PurityOptions options = new PurityOptions(10, List.of(), flags.subList(1, flags.size()), 2, 1, .8, .2, 5);
        return new FeatureCount(facts, options, contexts, 7).of(CHOSEN);
    }

    @Test
    void whatAFifthOfTheExamplesHaveCounts() {
        assertThat(count(null)).isZero();
        assertThat(count(null, at(3))).isZero();
        assertThat(count(null, at(3, 4))).isEqualTo(1);
        token[8] = token[9];
        assertThat(count(null)).isEqualTo(1);
        assertThat(count(null, at(3, 4))).isEqualTo(2);
    }

    /** Three of ten is three times four of forty, and not three times five of forty. */
    @Test
    void whatIsNearlyAsFrequentElsewhereDoesNotCount() {
        assertThat(count(null, at(3, 4, 5, 20))).isEqualTo(1);
        assertThat(count(null, at(3, 4, 5, 20, 21))).isZero();
        token[7] = token[8] = token[9] = token[39];
        assertThat(count(null)).isEqualTo(1);
        token[38] = token[39];
        assertThat(count(null)).isZero();
    }

    /** Two of four shared are two things, three of four are one. */
    @Test
    void whatStandsAtTheSameExamplesIsOneThing() {
        assertThat(count(null, at(0, 1, 2, 3), at(2, 3, 4, 5))).isEqualTo(2);
        assertThat(count(null, at(0, 1, 2, 3), at(1, 2, 3, 4))).isEqualTo(1);
        assertThat(count(null, at(0, 1, 2, 3), at(2, 3)))
                .as("of the smaller one")
                .isEqualTo(1);
    }

    /** The third label shares two of its three examples with the first two together and one with either. */
    @Test
    void thingsThatBecameOneAreComparedAsOne() {
        assertThat(count(null, at(0, 1, 2), at(1, 2, 3), at(0, 3, 9))).isEqualTo(1);
        assertThat(count(null, at(0, 1, 2), at(0, 3, 9))).isEqualTo(2);
    }

    /** Contexts of the first label point one way; those of the second another, a little or not at all apart. */
    @Test
    void whatStandsInLikeContextsIsOneThing() {
        assertThat(count(contexts(1, .1f), at(0, 1), at(2, 3))).isEqualTo(1);
        // The cosine of (1, 0) and (0.2, 1) is 0.196.
        assertThat(count(contexts(.2f, 1), at(0, 1), at(2, 3))).isEqualTo(2);
        assertThat(count(contexts(-1, 0), at(0, 1), at(2, 3))).isEqualTo(2);
    }

    /** At 0 and 1 (1, 0), at 2 and 3 what is given, and elsewhere what makes the mean 0. */
    private static ContextVectors contexts(float x, float y) {
        float[] values = new float[2 * POSITIONS];
        for (int i = 0; i < 4; i++) {
            values[2 * i] = i < 2 ? 1 : x;
            values[2 * i + 1] = i < 2 ? 0 : y;
            values[2 * i + 20] = -values[2 * i];
            values[2 * i + 21] = -values[2 * i + 1];
        }
        int[] row = IntStream.range(0, POSITIONS).toArray();
        return new ContextVectors(new Activations(row, new int[POSITIONS], List.of(7), 2, List.of(values)));
    }
}
