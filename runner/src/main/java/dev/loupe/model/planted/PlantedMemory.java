package dev.loupe.model.planted;

import dev.loupe.model.config.Activation;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Two layers, set by hand, whose first MLP is a memory of keys and values: it is known which neurons hold which fact (problem
 * 6.16). Tokens: 0 to 31 subjects with a fact, 32 to 35 subjects without, 36 END, 37 to 68 the answers to subjects 0 to 31.
 *
 * <p>At a subject its neurons fire and write its answer; L1H0 takes that to END, and one neuron of MLP 1 for each answer passes
 * it to the logits, 4 for a whole answer.
 *
 * @param seed of which neurons are whose
 */
public record PlantedMemory(Kind kind, long seed) implements PlantedModel {
    /** How a fact is kept. */
    public enum Kind {
        /** One neuron each; subjects without a fact fire eight others, twice as strongly, that write nothing. */
        ONE_NEURON,
        /**
         * Eight random ones of 64 each, every neuron in about four facts; what MLP 1 reads never crosses the bend of its ReLU.
         * Subjects without a fact fire eight random ones too.
         */
        SUPERPOSED_NEURONS,
        /** The same, but MLP 1 passes an answer only as far as more than half of its neurons wrote it. */
        GATED_NEURONS
    }

    private static final int FACTS = 32;
    private static final int UNKNOWN = 4;
    private static final int END = FACTS + UNKNOWN;
    private static final int VOCABULARY = END + 1 + FACTS;
    private static final int NEURONS = 64;
    private static final int SHARE = 8;
    private static final int CONTEXT = 4;
    /** Directions of the residual stream after the tokens' own. */
    private static final int VALUE = END + 1;

    private static final int PASSED = VALUE + FACTS;
    private static final int WIDTH = PASSED + FACTS;
    private static final float BETA = 20;
    private static final float LOGITS = 4;

    @Override
    public TransformerConfig config() {
        return TransformerConfig.builder(2, WIDTH, CONTEXT, VOCABULARY)
                .nHeads(1)
                .dHead(FACTS)
                .dMlp(NEURONS)
                .actFn(Activation.RELU)
                .positionalEmbeddingType(PositionalEmbedding.NONE)
                .normalizationType(Normalization.NONE)
                .useAttnScale(false)
                .build();
    }

    /** The neurons that fire at a subject, known or not. */
    public int[] firing(int subject) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + (kind == Kind.ONE_NEURON ? -1 : subject));
        int[] order = new int[NEURONS];
        for (int i = 0; i < NEURONS; i++) {
            order[i] = i;
        }
        for (int i = NEURONS - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        if (kind != Kind.ONE_NEURON) {
            return Arrays.copyOf(order, SHARE);
        }
        int from = subject < FACTS ? subject : FACTS + (subject - FACTS) * SHARE;
        return Arrays.copyOfRange(order, from, from + (subject < FACTS ? 1 : SHARE));
    }

    @Override
    public Map<String, float[]> weights() {
        Map<String, float[]> w = new LinkedHashMap<>();
        TlTensors.of(config())
                .forEach((name, shape) -> w.put(
                        name, new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))]));
        for (int token = 0; token <= END; token++) {
            set(w, "embed.W_E", token * WIDTH + token, 1);
        }
        for (int subject = 0; subject < END; subject++) {
            int[] firing = firing(subject);
            float strength = kind == Kind.ONE_NEURON && subject >= FACTS ? 2 : 1;
            for (int neuron : firing) {
                set(w, "blocks.0.mlp.W_in", subject * NEURONS + neuron, strength);
                if (subject < FACTS) {
                    set(w, "blocks.0.mlp.W_out", neuron * WIDTH + VALUE + subject, 1f / firing.length);
                }
            }
        }
        set(w, "blocks.1.attn.b_Q", 0, BETA);
        for (int token = 0; token < END; token++) {
            set(w, "blocks.1.attn.W_K", token * FACTS, 1);
        }
        boolean gated = kind == Kind.GATED_NEURONS;
        for (int fact = 0; fact < FACTS; fact++) {
            set(w, "blocks.1.attn.W_V", (VALUE + fact) * FACTS + fact, 1);
            set(w, "blocks.1.attn.W_O", fact * WIDTH + VALUE + fact, 1);
            set(w, "blocks.1.mlp.W_in", (VALUE + fact) * NEURONS + fact, 1);
            set(w, "blocks.1.mlp.b_in", fact, gated ? -.5f : 1);
            set(w, "blocks.1.mlp.W_out", fact * WIDTH + PASSED + fact, gated ? 2 : 1);
            set(w, "unembed.W_U", (PASSED + fact) * VOCABULARY + END + 1 + fact, LOGITS);
        }
        return w;
    }

    private static void set(Map<String, float[]> w, String name, int at, float value) {
        float[] values = w.get(name);
        if (values == null) {
            throw new IllegalStateException("no " + name);
        }
        values[at] = value;
    }
}
