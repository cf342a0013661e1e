package dev.loupe.execute.hypotheses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forty positions, of which the first eight are examples. */
class LabelSharesTest {
    private static final int[] EXAMPLES = IntStream.range(0, 8).toArray();

    private static LabelShares shares(boolean[]... labels) {
        boolean[][] known = new boolean[labels.length + 1][];
        known[0] = new boolean[40];
        System.arraycopy(labels, 0, known, 1, labels.length);
        List<String> names =
                IntStream.range(0, known.length).mapToObj(i -> "label " + i).toList();
        return new LabelShares(new PositionFacts(new int[] {0}, new int[3][40], names, known), EXAMPLES);
    }

    private static boolean[] at(int from, int to) {
        boolean[] label = new boolean[40];
        IntStream.range(from, to).forEach(i -> label[i] = true);
        return label;
    }

    @Test
    void oneLabelIsNoQuestionAndTwoHalvesAreOneBit() {
        assertThat(shares(at(0, 8)).largest()).isEqualTo(1);
        assertThat(shares(at(0, 8)).entropy()).isEqualTo(0, within(1e-12));
        assertThat(shares(at(0, 4), at(4, 8)).largest()).isEqualTo(.5);
        assertThat(shares(at(0, 4), at(4, 8)).entropy()).isEqualTo(1, within(1e-12));
        // Two labels at each example count one half each.
        assertThat(shares(at(0, 8), at(0, 8)).entropy()).isEqualTo(1, within(1e-12));
    }

    @Test
    void anExampleWithoutALabelIsAMeaningOfItsOwn() {
        // Half have the label: 0.5 log2(2) and four times 0.125 log2(8).
        assertThat(shares(at(0, 4)).entropy()).isEqualTo(.5 + 4 * .125 * 3, within(1e-12));
        assertThat(shares().entropy()).isEqualTo(3, within(1e-12));
    }

    @Test
    void aLabelThatIsFrequentElsewhereDoesNotCount() {
        // All eight examples have it, but so do 16 of 40 positions: 2.5 times as frequent is less than three times.
        assertThat(shares(at(0, 16)).largest()).isZero();
        assertThat(shares(at(0, 16)).entropy()).isEqualTo(3, within(1e-12));
    }
}
