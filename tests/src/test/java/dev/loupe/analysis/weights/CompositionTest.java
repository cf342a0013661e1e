package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Of three layers, against products of whole matrices. */
class CompositionTest {
    private static final SmallModel MODEL = SmallModel.of(6, 6);

    @Test
    void everyPairOfLayersAndHeadsIsItsOwn() {
        Composition composition = new Composition(List.of(Composition.Through.K, Composition.Through.V));
        NamedArray found = MODEL.with(composition::compute);
        assertThat(found.axes()).isEqualTo(composition.axes(MODEL.shape()));
        int at = 0;
        for (boolean keys : new boolean[] {true, false}) {
            for (int from = 0; from < 3; from++) {
                for (int a = 0; a < 2; a++) {
                    for (int to = 0; to < 3; to++) {
                        for (int b = 0; b < 2; b++) {
                            double one = found.data()[at++];
                            if (to <= from) {
                                assertThat(one).isNaN();
                                continue;
                            }
                            SimpleMatrix early = product(from, a, "W_V", "W_O", false);
                            SimpleMatrix late =
                                    keys ? product(to, b, "W_K", "W_Q", true) : product(to, b, "W_V", "W_O", false);
                            double wanted = early.mult(late).normF() / (early.normF() * late.normF());
                            assertThat(one).isEqualTo(wanted, within(1e-5));
                        }
                    }
                }
            }
        }
        // 4 for each pair of heads, inputs that are looked at, and numbers of a head's square times d_model.
        assertThat(composition.flops(MODEL.shape())).isEqualTo(4L * 2 * 36 * 9 * 5);
    }

    private static SimpleMatrix product(int layer, int head, String first, String second, boolean transposed) {
        SimpleMatrix right = MODEL.head(layer, head, second);
        return MODEL.head(layer, head, first).mult(transposed ? right.transpose() : right);
    }
}
