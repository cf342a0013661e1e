package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotationTestTest {
    private static final SparseFeatures DATA =
            new SparseFeatures(2, List.of(0.5), SparseFeatures.Distribution.BINARY, 1, 64, null);

    private static double[] tested(double dropout) {
        float[] w = {1, 0, 0, 0};
        try (NDManager manager = Backend.cpu()) {
            ToyAutoencoderConfig config = new ToyAutoencoderConfig(2, 2, ToyActivation.NONE, dropout);
            WrittenToy toy = WrittenToy.copies(config, 1, Map.of("W", w, "b", new float[2]), manager);
            RotationTest test = new RotationTest(40, 4000, 4, 3);
            return new RotationTest.Work(test, DATA).compute(toy).data();
        }
    }

    /** Only feature 0 is represented; without dropout it comes back exactly, in any basis, and feature 1 never does. */
    @Test
    void withoutDropoutNoRotationMatters() {
        double[] found = tested(0);
        assertThat(found[0]).isEqualTo(.25, within(.02));
        assertThat(found[1]).isEqualTo(found[0], within(1e-6));
        assertThat(found[3]).isNaN();
    }

    /**
     * With dropout of one half a hidden value is doubled or zero: an error of its own size either way. Feature 0 on one neuron has
     * the whole error, x_0^2. Turned by an angle it is (cos^4 + sin^4) x_0^2, since the two neurons are dropped independently: 3/4
     * on average over angles and 1/2 at least. Feature 1 costs x_1^2, and both squares have mean 1/2: (1/2 + 1/2) / 2 in the own
     * basis, (3/8 + 1/2) / 2 on average, (1/4 + 1/2) / 2 at least; every rotation is better.
     */
    @Test
    void withDropoutTheLossDependsOnTheBasis() {
        double[] found = tested(.5);
        assertThat(found[0]).isEqualTo(.5, within(.02));
        assertThat(found[1]).isEqualTo(.4375, within(.03));
        assertThat(found[2]).isEqualTo(.375, within(.02));
        assertThat(found[3]).isGreaterThan(.9);
    }
}
