package dev.loupe.analysis.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.intervention.select.HeadName;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final SmallModel MODEL = SmallModel.of(6, 7);

    private static void same(Weights weights, SimpleMatrix wanted, String... axes) {
        NamedArray found = MODEL.with(weights::compute);
        assertThat(found.axes().stream().map(Axis::name)).containsExactly(axes);
        assertThat(found.data()).containsExactly(wanted.getDDRM().data, within(1e-6));
    }

    @Test
    void matricesAreThoseOfTheirNames() {
        same(new Weights(WeightMatrix.EMBED, null, List.of()), MODEL.embedding(), "token", "d_model");
        same(new Weights(WeightMatrix.UNEMBED, null, List.of()), MODEL.unembedding(), "d_model", "output_token");
        same(new Weights(WeightMatrix.IN, 2, List.of()), MODEL.mlp(2, "W_in"), "d_model", "neuron");
        same(new Weights(WeightMatrix.GATE, 1, List.of()), MODEL.mlp(1, "W_gate"), "d_model", "neuron");
        same(new Weights(WeightMatrix.OUT, 0, List.of()), MODEL.mlp(0, "W_out"), "neuron", "d_model");
        List<HeadName> head = List.of(new HeadName(2, 1));
        same(new Weights(WeightMatrix.OUTPUT, null, head), MODEL.head(2, 1, "W_O"), "weight_head", "d_head", "d_model");
        same(new Weights(WeightMatrix.KEY, null, head), MODEL.head(2, 1, "W_K"), "weight_head", "d_model", "d_head");
    }
}
