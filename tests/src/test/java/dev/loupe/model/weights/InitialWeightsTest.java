package dev.loupe.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.model.config.TransformerConfig;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitialWeightsTest {
    /** Committed weights begin with these numbers, so they may never change. */
    @ParameterizedTest
    @ValueSource(longs = {0, 7, -3, Long.MAX_VALUE})
    void everyTensorIsWhatOneStreamGives(long seed) {
        // 5 x 5 and 3 x 5 are odd: a pair of draws is cut there.
        TransformerConfig config = TransformerConfig.builder(2, 5, 3, 5)
                .nHeads(1)
                .dHead(5)
                .initializerRange(0.5)
                .build();
        TlWeights weights = InitialWeights.of(config, seed);
        SplittableRandom stream = new SplittableRandom(seed);
        TlTensors.of(config).forEach((name, shape) -> {
            float[] values = weights.read(name);
            if (!name.contains(".W_")) {
                assertThat(values).containsOnly(name.endsWith(".w") ? 1 : 0);
                return;
            }
            for (int i = 0; i < values.length; i += 2) {
                double radius = 0.5 * Math.sqrt(-2 * StrictMath.log(1 - stream.nextDouble()));
                double angle = 2 * Math.PI * stream.nextDouble();
                assertThat(values[i]).isEqualTo((float) (radius * StrictMath.cos(angle)));
                if (i + 1 < values.length) {
                    assertThat(values[i + 1]).isEqualTo((float) (radius * StrictMath.sin(angle)));
                }
            }
        });
    }
}
