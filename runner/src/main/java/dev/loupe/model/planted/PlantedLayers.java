package dev.loupe.model.planted;

import dev.loupe.model.config.Activation;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Seven layers of one head and an MLP, set by hand, in which it is known how many layers hold a fact (problem 6.15). Tokens
 * are those of {@link PlantedCircuit}: 1 plus and 2 minus decide, 3 neither, 6 END, 7 and 8 the answers.
 *
 * <p>At the decisive token MLPs write plus or minus one into the direction {@code fact}; L6H0 takes it to every later
 * position. Not spread, MLP 3 alone writes, and the fact is the answer. Spread, MLPs 0 to 5 each write, and MLP 6 passes
 * the answer, always 1, only where the sum is at least 3: {@code relu(s - 2) - relu(s - 3)}.
 */
public record PlantedLayers(boolean spread) implements PlantedModel {
    private static final int LAYERS = 7;
    private static final int WIDTH = 16;
    private static final int VOCABULARY = 9;
    private static final int CONTEXT = 16;
    private static final int NEURONS = 4;
    private static final int ALONE = 3;
    private static final int[] DECISIVE = {1, 2, 3};
    /** Directions of the residual stream after the tokens' own. */
    private static final int FACT = 9;

    private static final int MOVED = 10;
    private static final int ANSWER = 11;
    private static final float BETA = 20;
    private static final float LOGITS = 4;

    @Override
    public TransformerConfig config() {
        return TransformerConfig.builder(LAYERS, WIDTH, CONTEXT, VOCABULARY)
                .nHeads(1)
                .dHead(WIDTH)
                .dMlp(NEURONS)
                .actFn(Activation.RELU)
                .positionalEmbeddingType(PositionalEmbedding.NONE)
                .normalizationType(Normalization.NONE)
                .useAttnScale(false)
                .build();
    }

    @Override
    public Map<String, float[]> weights() {
        Map<String, float[]> w = new LinkedHashMap<>();
        TlTensors.of(config())
                .forEach((name, shape) -> w.put(
                        name, new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))]));
        for (int token = 0; token < VOCABULARY; token++) {
            set(w, "embed.W_E", token * WIDTH + token, 1);
        }
        for (int layer = 0; layer < LAYERS - 1; layer++) {
            if (spread || layer == ALONE) {
                neuron(w, layer, 0, DECISIVE[0], 1, 0, FACT, 1);
                neuron(w, layer, 1, DECISIVE[1], 1, 0, FACT, -1);
            }
        }
        int last = LAYERS - 1;
        set(w, "blocks." + last + ".attn.b_Q", 0, BETA);
        for (int token : DECISIVE) {
            set(w, "blocks." + last + ".attn.W_K", token * WIDTH, 1);
        }
        set(w, "blocks." + last + ".attn.W_V", FACT * WIDTH + FACT, 1);
        set(w, "blocks." + last + ".attn.W_O", FACT * WIDTH + MOVED, 1);
        if (spread) {
            neuron(w, last, 0, MOVED, 1, -2, ANSWER, 1);
            neuron(w, last, 1, MOVED, 1, -3, ANSWER, -1);
            neuron(w, last, 2, MOVED, -1, -2, ANSWER, -1);
            neuron(w, last, 3, MOVED, -1, -3, ANSWER, 1);
        }
        int read = spread ? ANSWER : MOVED;
        set(w, "unembed.W_U", read * VOCABULARY + 7, LOGITS / 2);
        set(w, "unembed.W_U", read * VOCABULARY + 8, -LOGITS / 2);
        return w;
    }

    private static void neuron(
            Map<String, float[]> w, int layer, int neuron, int from, float in, float bias, int to, float out) {
        String at = "blocks." + layer + ".mlp.";
        set(w, at + "W_in", from * NEURONS + neuron, in);
        set(w, at + "b_in", neuron, bias);
        set(w, at + "W_out", neuron * WIDTH + to, out);
    }

    private static void set(Map<String, float[]> w, String name, int at, float value) {
        float[] values = w.get(name);
        if (values == null) {
            throw new IllegalStateException("no " + name);
        }
        values[at] = value;
    }
}
