package dev.loupe.model.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.ConfigException;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.planted.PlantedHeads.Kind;
import dev.loupe.model.weights.TlWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlantedHeadsTest {
    @Test
    void everyPlantedHeadAttendsToItsTarget() {
        PlantedHeads planted = new PlantedHeads(
                16,
                20,
                20,
                List.of(
                        List.of(Kind.PREVIOUS, Kind.DUPLICATE, Kind.OFF_BY_ONE, Kind.UNIFORM),
                        List.of(Kind.UNIFORM, Kind.INDUCTION, Kind.UNIFORM, Kind.UNIFORM)));
        long[] period = {3, 9, 1, 14, 7, 0, 11, 5};
        try (NDManager manager = Backend.cpu();
                Transformer model =
                        new Transformer(Parameters.of(planted.config(), TlWeights.of(planted.weights()), manager))) {
            int n = 2 * period.length;
            long[] tokens = new long[n];
            for (int i = 0; i < n; i++) {
                tokens[i] = period[i % period.length];
            }
            HookPoint first = HookPoint.of(Site.PATTERN, 0);
            HookPoint second = HookPoint.of(Site.PATTERN, 1);
            Captures seen = new Captures(List.of(first, second), manager);
            NDArray logits = model.forward(ForwardRequest.of(manager.create(tokens, new Shape(1, n))), seen, manager)
                    .logits();
            for (int i = 2; i < n; i++) {
                assertThat(seen.get(first).getFloat(0, 0, i, i - 1)).isGreaterThan(0.99f);
                assertThat(seen.get(first).getFloat(0, 2, i, i - 2)).isGreaterThan(0.99f);
                assertThat(seen.get(first).getFloat(0, 3, i, 1)).isBetween(0.999f / (i + 1), 1.001f / (i + 1));
            }
            for (int i = period.length; i < n; i++) {
                assertThat(seen.get(first).getFloat(0, 1, i, i - period.length)).isGreaterThan(0.99f);
                assertThat(seen.get(second).getFloat(0, 1, i, i - period.length + 1))
                        .isGreaterThan(0.99f);
                assertThat(logits.get(0).get(i).argMax().getLong()).isEqualTo(period[(i + 1) % period.length]);
            }
        }
    }

    @Test
    void anInductionHeadNeedsSomethingToFeedIt() {
        assertThatThrownBy(() -> new PlantedHeads(8, 8, 20, List.of(List.of(Kind.PREVIOUS, Kind.INDUCTION))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("earlier layer");
    }
}
