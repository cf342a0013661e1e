package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.CountSigns;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two neurons at four positions of three rows, the last of which equals the first and is the same document. */
class SignCountsTest {
    private static final int[] ROW = {0, 0, 1, 2};

    private static Activations of(float... values) {
        return new Activations(ROW, new int[] {0, 1, 0, 1}, List.of(0), 2, List.of(values));
    }

    @Test
    void zeroIsPositiveAndMeansAreOfTheirOwnCell() {
        TokenRows rows =
                new TokenRows(new int[][] {{1, 2}, {3, 4}, {1, 2}}, new int[0][], Map.of(), Map.of(), Map.of());
        RowsRef ref = new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(2, 3)));
        CountSigns step = new CountSigns(9, 1, 2, 3, ref, List.of(Axis.counted("neuron", 2)));
        RowTable table = new SignCounts(step, rows)
                .of(of(-1, 0, 2, -1, 3, 3, -2, 5), of(-1, -1, 2, 2, -3, 0, -4, -5), of(1, 10, 2, 20, 3, 30, 4, 40));
        assertThat(table.rows()).isEqualTo(2);
        // By neuron: gate and up both negative, up alone positive, gate alone positive, both positive.
        double[] counted = {2, 0, 0, 1, 0, 1, 2, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        double[] sums = {1 + 4, 0, 0, 2, 0, 20, 10 + 40, 0, 0, 0, 3, 0, 0, 0, 0, 30};
        for (int document = 0; document < 2; document++) {
            for (int cell = 0; cell < 8; cell++) {
                int at = 16 * document + cell;
                assertThat(table.numerator()[at]).isEqualTo(counted[8 * document + cell]);
                assertThat(table.denominator()[at]).isEqualTo(document == 0 ? 3 : 1);
                assertThat(table.numerator()[at + 8]).isEqualTo(sums[8 * document + cell]);
                assertThat(table.denominator()[at + 8]).isEqualTo(counted[8 * document + cell]);
            }
        }
    }
}
