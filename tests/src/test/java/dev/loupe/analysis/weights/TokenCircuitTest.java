package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.weights.TokenCircuit.Which;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.result.NamedArray;
import dev.loupe.schema.shape.IntRange;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Seven tokens that are read, five that are predicted; scores are divided by the square root of three. */
class TokenCircuitTest {
    private static final SmallModel MODEL = SmallModel.of(7, 5);
    private static final List<HeadName> HEADS = List.of(new HeadName(2, 1), new HeadName(0, 0));

    private static void same(TokenCircuit circuit, int rows, int fromRow, int columns, int fromColumn) {
        NamedArray found = MODEL.with(circuit::compute);
        assertThat(found.axes()).isEqualTo(circuit.axes(MODEL.shape()));
        assertThat(found.data()).hasSize(2 * rows * columns);
        for (int h = 0; h < 2; h++) {
            HeadName head = HEADS.get(h);
            SimpleMatrix e = MODEL.embedding();
            SimpleMatrix table = circuit.circuit() == Which.QK
                    ? e.mult(MODEL.qk(head.layer(), head.head()))
                            .mult(e.transpose())
                            .divide(Math.sqrt(3))
                    : e.mult(MODEL.ov(head.layer(), head.head())).mult(MODEL.unembedding());
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    assertThat(found.data()[(h * rows + r) * columns + c])
                            .isEqualTo(table.get(fromRow + r, fromColumn + c), within(1e-4));
                }
            }
        }
    }

    @Test
    void queriesAreRowsAndKeysColumns() {
        TokenCircuit both = new TokenCircuit(Which.QK, HEADS, new IntRange(1, 3), null);
        same(both, 3, 1, 3, 1);
        TokenCircuit asking = new TokenCircuit(Which.QK, HEADS, new IntRange(1, 3), new IntRange(5, 300));
        same(asking, 2, 5, 3, 1);
        assertThat(asking.axes(MODEL.shape()).get(1).labels()).containsExactly("5", "6");
        // 2 heads, 4 x 4 tokens up to the highest, 3 dimensions.
        assertThat(both.flops(MODEL.shape())).isEqualTo(2 * 2 * 4 * 4 * 3);
    }

    @Test
    void whatIsWrittenEndsWithTheVocabulary() {
        TokenCircuit written = new TokenCircuit(Which.OV, HEADS, new IntRange(2, 100), null);
        same(written, 5, 2, 3, 2);
        assertThat(written.axes(MODEL.shape()).get(2).labels()).containsExactly("2", "3", "4");
        assertThat(written.flops(MODEL.shape())).isEqualTo(2 * 2 * 7 * 7 * 3);
    }
}
