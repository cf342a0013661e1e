package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.weights.WeightDirections.Which;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.NamedArray;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.ejml.simple.SimpleSVD;
import org.junit.jupiter.api.Test;

/** Rows and columns, and singular directions of whole matrices. */
class WeightDirectionsTest {
    private static final SmallModel MODEL = SmallModel.of(6, 6);
    private static final List<NeuronName> NEURONS = List.of(new NeuronName(2, 4), new NeuronName(0, 1));
    private static final List<HeadName> HEADS = List.of(new HeadName(2, 1), new HeadName(0, 0));

    @Test
    void neuronsHaveTheirColumnsAndRows() {
        for (Which which : List.of(Which.IN, Which.GATE, Which.OUT)) {
            NamedArray found = MODEL.with(new WeightDirections(which, NEURONS, null, List.of(), null, 1)::compute);
            for (int i = 0; i < 10; i++) {
                NeuronName one = NEURONS.get(i / 5);
                double wanted = which == Which.OUT
                        ? MODEL.mlp(one.layer(), "W_out").get(one.neuron(), i % 5)
                        : MODEL.mlp(one.layer(), which == Which.IN ? "W_in" : "W_gate")
                                .get(i % 5, one.neuron());
                assertThat(found.data()[i]).isEqualTo(wanted, within(1e-6));
            }
        }
    }

    @Test
    void headsHaveTheStrongestSingularDirections() {
        for (Which which : List.of(Which.OV_READ, Which.OV_WRITE, Which.QK_QUERY, Which.QK_KEY)) {
            boolean ov = which == Which.OV_READ || which == Which.OV_WRITE;
            boolean left = which == Which.OV_READ || which == Which.QK_QUERY;
            NamedArray found = MODEL.with(new WeightDirections(which, List.of(), null, HEADS, null, 2)::compute);
            assertThat(found.data()).hasSize(2 * 2 * 5);
            for (int i = 0; i < 4; i++) {
                HeadName head = HEADS.get(i / 2);
                SimpleSVD<SimpleMatrix> svd =
                        (ov ? MODEL.ov(head.layer(), head.head()) : MODEL.qk(head.layer(), head.head())).svd();
                SimpleMatrix wanted = (left ? svd.getU() : svd.getV()).getColumn(i % 2);
                double along = 0;
                for (int d = 0; d < 5; d++) {
                    along += wanted.get(d) * found.data()[5 * i + d];
                }
                assertThat(Math.abs(along)).as("%s %d", which, i).isEqualTo(1, within(1e-6));
            }
        }
        // A head: 8 x 5 x 9 for the factors and 40 x 27 for the matrix between them.
        assertThat(new WeightDirections(Which.OV_READ, List.of(), null, HEADS, null, 2).flops(MODEL.shape()))
                .isEqualTo(2 * (360 + 1080));
    }

    /** Three were asked for and two found: the third rank is undefined. */
    @Test
    void whatWasNotFoundIsUndefined() {
        Found three = new Found("damage", null, null, 3, null, false);
        double[] found = MODEL.with(new WeightDirections(Which.OUT, NEURONS, three, List.of(), null, 1)::compute)
                .data();
        assertThat(found).hasSize(15);
        for (int d = 0; d < 5; d++) {
            assertThat(found[5 + d]).isEqualTo(MODEL.mlp(0, "W_out").get(1, d), within(1e-6));
            assertThat(found[10 + d]).isNaN();
        }
    }
}
