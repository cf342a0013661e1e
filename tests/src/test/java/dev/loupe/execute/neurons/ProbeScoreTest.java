package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Targets of eighty positions, of which the last forty are asked for. */
class ProbeScoreTest {
    private static final int[] WHICH = IntStream.range(40, 80).toArray();

    private static double[] target(IntToDoubleFunction of) {
        return IntStream.range(0, 80).mapToDouble(of).toArray();
    }

    private static double[] said(IntToDoubleFunction of) {
        return Arrays.stream(WHICH).mapToDouble(of).toArray();
    }

    /** One too much at each of 40 positions, beside forty numbers in a row, whose squares sum to 40 (40^2 - 1) / 12. */
    @Test
    void theShareOfAnOrdinalThatIsExplained() {
        double[] target = target(i -> i < 40 ? 1000 : i);
        assertThat(ProbeScore.of(true, said(i -> i + 1), target, WHICH)).isEqualTo(1 - 40 / 5330.0, within(1e-12));
        assertThat(ProbeScore.of(true, said(i -> 59.5), target, WHICH)).isEqualTo(0, within(1e-12));
        assertThat(ProbeScore.of(true, said(i -> 1), target(i -> 3), WHICH)).isNaN();
        int[] fewer = Arrays.copyOf(WHICH, 39);
        assertThat(ProbeScore.of(true, Arrays.copyOf(said(i -> i), 39), target, fewer))
                .isNaN();
    }

    /** Twenty of either kind; the first of the others is ranked above ten of them, half of a tie with one. */
    @Test
    void theAreaOfALabel() {
        double[] target = target(i -> i >= 60 ? 1 : 0);
        assertThat(ProbeScore.of(false, said(i -> i), target, WHICH)).isEqualTo(1);
        assertThat(ProbeScore.of(false, said(i -> -i), target, WHICH)).isZero();
        assertThat(ProbeScore.of(false, said(i -> i == 40 ? 70 : i), target, WHICH))
                .isEqualTo(1 - 10.5 / 400, within(1e-12));
        assertThat(ProbeScore.of(false, said(i -> i), target(i -> i >= 61 ? 1 : 0), WHICH))
                .as("nineteen of one kind")
                .isNaN();
    }

    @Test
    void documentsTellTheirPartInTheScore() {
        double[] target = target(i -> i % 7 + (i % 5 == 0 ? 3 : 0));
        double[] said = said(i -> i % 7);
        int[] document = Arrays.stream(WHICH).map(i -> i % 4).toArray();
        double[] values = ProbeScore.byDocument(true, said, target, WHICH, document, 4);
        double whole = explained(said, target, document, -1);
        double[] pseudo = IntStream.range(0, 4)
                .mapToDouble(d -> 4 * whole - 3 * explained(said, target, document, d))
                .toArray();
        double mean = Arrays.stream(pseudo).average().orElseThrow();
        for (int d = 0; d < 4; d++) {
            assertThat(values[d]).isEqualTo(pseudo[d] + whole - mean, within(1e-12));
        }
        assertThat(pseudo[0]).isNotEqualTo(pseudo[1]);
    }

    private static double explained(double[] said, double[] target, int[] document, int without) {
        int[] kept = IntStream.range(0, 40).filter(k -> document[k] != without).toArray();
        double mean =
                Arrays.stream(kept).mapToDouble(k -> target[40 + k]).average().orElseThrow();
        double left = 0;
        double all = 0;
        for (int k : kept) {
            left += (target[40 + k] - said[k]) * (target[40 + k] - said[k]);
            all += (target[40 + k] - mean) * (target[40 + k] - mean);
        }
        return 1 - left / all;
    }

    @Test
    void ofALabelThePseudoValuesAverageToTheArea() {
        double[] target = target(i -> i >= 60 ? 1 : 0);
        double[] said = said(i -> i == 40 ? 70 : i);
        int[] document = Arrays.stream(WHICH).map(i -> i % 4).toArray();
        double[] values = ProbeScore.byDocument(false, said, target, WHICH, document, 4);
        assertThat(Arrays.stream(values).average().orElseThrow()).isEqualTo(1 - 10.5 / 400, within(1e-12));
        // Only the first document has the position that is ranked wrongly.
        assertThat(values[0]).isLessThan(values[1]);
    }
}
