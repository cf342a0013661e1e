package dev.loupe.model.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.TlWeights;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What planted circuits answer, and what they answer when a head's output is set to zero. */
class PlantedCircuitTest {
    private static final Set<String> NONE = Set.of();

    /** Logit 7 minus logit 8 at the end of a row, with the named heads' outputs at zero. */
    private static float difference(PlantedCircuit.Kind kind, Set<String> silent, long... tokens) {
        PlantedCircuit planted = new PlantedCircuit(kind);
        try (NDManager manager = Backend.cpu();
                Transformer model =
                        new Transformer(Parameters.of(planted.config(), TlWeights.of(planted.weights()), manager))) {
            HookVisitor silence = new HookVisitor() {
                @Override
                public boolean wants(HookPoint point) {
                    return point.site() == Site.Z;
                }

                @Override
                public NDArray visit(HookPoint point, NDArray value) {
                    float[] values = value.toFloatArray();
                    int width = (int) value.getShape().get(3);
                    for (int i = 0; i < values.length; i++) {
                        String head = "L" + point.layer() + "H" + i / width % 2;
                        values[i] = silent.contains(head) ? 0 : values[i];
                    }
                    return manager.create(values, value.getShape());
                }
            };
            NDArray input = manager.create(tokens, new Shape(1, tokens.length));
            NDArray logits =
                    model.forward(ForwardRequest.of(input), silence, manager).logits();
            int end = tokens.length - 1;
            return logits.getFloat(0, end, 7) - logits.getFloat(0, end, 8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONTROL, 8, 4, 4, 8",
        "ERASURE, 4, 4, 0, 12",
        "DEAD_VALUE, 4, 4, 0, 4",
        "OR_GATE, 4, 4, 4, 4",
        "AND_GATE, 4, 0, 0, 4",
        "BIAS_HEAD, 4, 0, 0, 4",
        "TWO_SIGNS, 4, 0, 0, 4"
    })
    void headsDoWhatTheirKindSays(PlantedCircuit.Kind kind, float whole, float without0, float without1, float later) {
        for (int side : new int[] {4, 5}) {
            for (int sign : new int[] {1, -1}) {
                long[] row = {sign > 0 ? 1 : 2, side, 6};
                assertThat(difference(kind, NONE, row)).isEqualTo(sign * whole, within(1e-4f));
                assertThat(difference(kind, Set.of("L0H0"), row)).isEqualTo(sign * without0, within(1e-4f));
                assertThat(difference(kind, Set.of("L0H1"), row)).isEqualTo(sign * without1, within(1e-4f));
                assertThat(difference(kind, Set.of("L1H0"), row)).isEqualTo(sign * later, within(1e-4f));
            }
            assertThat(difference(kind, NONE, 3, side, 6)).isEqualTo(0, within(1e-4f));
        }
        assertThat(difference(kind, Set.of("L0H0", "L0H1"), 1, 4, 6)).isEqualTo(0, within(1e-4f));
    }

    @Test
    void aBackupSpeaksOnlyWhereTheFirstHeadIsSilent() {
        PlantedCircuit.Kind gated = PlantedCircuit.Kind.BACKUP;
        PlantedCircuit.Kind free = PlantedCircuit.Kind.PARALLEL;
        Set<String> first = Set.of("L0H0");
        Set<String> backup = Set.of("L1H0");
        for (int sign : new int[] {1, -1}) {
            long[] row = {sign > 0 ? 1 : 2, 4, 6};
            assertThat(difference(gated, NONE, row)).isEqualTo(sign * 4, within(1e-4f));
            assertThat(difference(gated, first, row)).isEqualTo(sign * 4, within(1e-4f));
            assertThat(difference(gated, backup, row)).isEqualTo(sign * 4, within(1e-4f));
            assertThat(difference(gated, Set.of("L0H0", "L1H0"), row)).isEqualTo(0, within(1e-4f));
            assertThat(difference(free, NONE, row)).isEqualTo(sign * 8, within(1e-4f));
            assertThat(difference(free, first, row)).isEqualTo(sign * 4, within(1e-4f));
            assertThat(difference(free, backup, row)).isEqualTo(sign * 4, within(1e-4f));
        }
    }

    @Test
    void theScaleHeadOnlyMakesTheAnswerQuieter() {
        float whole = difference(PlantedCircuit.Kind.SCALE, NONE, 1, 4, 6);
        assertThat(whole).isGreaterThan(4);
        assertThat(difference(PlantedCircuit.Kind.SCALE, Set.of("L0H0"), 1, 4, 6))
                .isGreaterThan(whole * 1.2f);
        // The mean that LayerNorm takes away is all that is left.
        assertThat(difference(PlantedCircuit.Kind.SCALE, Set.of("L0H1"), 1, 4, 6))
                .isEqualTo(0, within(0.3f));
    }
}
