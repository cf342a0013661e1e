package dev.loupe.model.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.InitialWeights;
import dev.loupe.model.weights.TlWeights;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vocabulary whose size is no multiple of 16, as GPT-2's. */
class VocabularyMarginTest {
    private static final int TOKENS = 5003;
    private static final TransformerConfig CONFIG = TransformerConfig.builder(1, 16, 8, TOKENS)
            .nHeads(2)
            .initializerRange(0.3)
            .build();

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Backend.cpu();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Weights with a bias on every token, the unembedding by itself or the transposed embedding. */
    private static Map<String, float[]> weights(boolean tied) {
        Map<String, float[]> all = new HashMap<>(InitialWeights.draw(CONFIG, 3));
        float[] bias = new float[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            bias[i] = (float) Math.sin(i);
        }
        all.put("unembed.b_U", bias);
        if (tied) {
            float[] embedding = all.get("embed.W_E");
            float[] unembedding = new float[embedding.length];
            for (int i = 0; i < embedding.length; i++) {
                unembedding[i % 16 * TOKENS + i / 16] = embedding[i];
            }
            all.put("unembed.W_U", unembedding);
        }
        return all;
    }

    private static TlWeights read(Map<String, float[]> all, boolean tied) {
        return new TlWeights() {
            @Override
            public float[] read(String name) {
                return all.get(name).clone();
            }

            @Override
            public String transposeOf(String name) {
                return tied && name.equals("unembed.W_U") ? "embed.W_E" : null;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyLogitIsItsOwnSum(boolean tied) {
        Map<String, float[]> all = weights(tied);
        HookPoint in = new HookPoint(Site.UNEMBED_IN, -1);
        try (Transformer model = new Transformer(Parameters.of(CONFIG, read(all, tied), manager))) {
            NDArray tokens = manager.create(new long[] {0, 5002, 17, 4999, 1, 2, 3, 5001}, new Shape(2, 4));
            Captures captures = new Captures(List.of(in), manager);
            NDArray logits =
                    model.forward(ForwardRequest.of(tokens), captures, manager).logits();
            assertThat(logits.getShape()).isEqualTo(new Shape(2, 4, TOKENS));
            float[] x = captures.get(in).toFloatArray();
            float[] got = logits.toFloatArray();
            float[] matrix = all.get("unembed.W_U");
            for (int row = 0; row < 8; row++) {
                for (int token = 0; token < TOKENS; token++) {
                    double sum = all.get("unembed.b_U")[token];
                    for (int k = 0; k < 16; k++) {
                        sum += (double) x[row * 16 + k] * matrix[k * TOKENS + token];
                    }
                    assertThat((double) got[row * TOKENS + token]).isCloseTo(sum, within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theWeightsThemselvesHaveNoMargin(boolean tied) {
        Map<String, float[]> all = weights(tied);
        try (Parameters parameters = Parameters.of(CONFIG, read(all, tied), manager)) {
            assertThat(parameters.wide("unembed.W_U").getShape()).isEqualTo(new Shape(16, 5008));
            assertThat(parameters
                            .wide("unembed.W_U")
                            .get(":, 5003:")
                            .abs()
                            .max()
                            .getFloat())
                    .isZero();
            Map<String, float[]> back = parameters.toTl(0);
            all.forEach((name, values) -> assertThat(back.get(name)).as(name).isEqualTo(values));
            assertThat(parameters.tl("unembed.W_U", manager).toFloatArray()).isEqualTo(all.get("unembed.W_U"));
            assertThat(parameters.tl("embed.W_E", manager).toFloatArray()).isEqualTo(all.get("embed.W_E"));
        }
    }

    @Test
    void rowsMoveApart() {
        FloatBuffer values = FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6, 0, 0, 0});
        VocabularyMargin.spread(values, 3, 2, 3);
        assertThat(values.array()).containsExactly(1, 2, 0, 3, 4, 0, 5, 6, 0);
        FloatBuffer more = FloatBuffer.wrap(new float[] {1, 2, 3, 4, 0, 0});
        VocabularyMargin.spread(more, 2, 2, 2);
        assertThat(more.array()).containsExactly(1, 2, 3, 4, 0, 0);
    }
}
