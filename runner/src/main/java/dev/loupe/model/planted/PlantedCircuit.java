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
 * Two layers of two heads and an MLP, set by hand so that one technique misleads and the truth is known (problems 6.1 and
 * 6.7). Tokens: 0 filler, 1 plus, 2 minus, 3 neither, 4 left, 5 right, 6 END, 7 and 8 the answers to plus and minus. What
 * stands in the direction {@code answer} of the residual stream at END makes 4 logits of difference per unit; plus is
 * worth +1, minus -1, neither 0.
 */
public record PlantedCircuit(Kind kind) implements PlantedModel {
    /** What is planted. */
    public enum Kind {
        /** L0H0 and L0H1 each write the answer: a benign control, where every technique agrees. */
        CONTROL,
        /** L0H0 writes the answer twice over and L1H0 takes all of it out again; L0H1 writes it once. */
        ERASURE,
        /** L0H0 attends to the decisive token and moves nothing; L0H1 writes the answer. */
        DEAD_VALUE,
        /** L0H0 and L0H1 each suffice: the MLP takes the sign of what they write together. */
        OR_GATE,
        /** L0H0 and L0H1 are both needed: the MLP passes only what they write together. */
        AND_GATE,
        /** L0H0 writes a constant without which the MLP passes nothing; L0H1 writes the answer to the MLP. */
        BIAS_HEAD,
        /** L0H0 writes left or right; MLPs pass the answer of L0H1 only where it wrote either, no matter which. */
        TWO_SIGNS,
        /** Where it sees plus or minus L0H0 writes what no logit reads, so only the final scale grows; L0H1 writes the answer. */
        SCALE,
        /** L0H0 writes the answer, and that it did; L1H0 looks for the decisive token too, but only where L0H0 wrote nothing. */
        BACKUP,
        /** L0H0 and L1H0 each write the answer whatever the other does: BACKUP without its gate. */
        PARALLEL
    }

    private static final int PLUS = 1;
    private static final int MINUS = 2;
    private static final int NEITHER = 3;
    private static final int LEFT = 4;
    private static final int RIGHT = 5;
    private static final int END = 6;
    private static final int VOCABULARY = 9;
    private static final int CONTEXT = 16;
    /** Directions of the residual stream after the tokens' own. */
    private static final int ANSWER = 9;

    private static final int FIRST = 10;
    private static final int SECOND = 11;
    private static final int GATE = 12;
    private static final int SIDE = 13;
    private static final int AWAY = 14;
    private static final int WIDTH = 16;
    private static final int NEURONS = 2;
    private static final float BETA = 20;
    private static final float LOGITS = 4;

    @Override
    public TransformerConfig config() {
        return TransformerConfig.builder(2, WIDTH, CONTEXT, VOCABULARY)
                .nHeads(2)
                .dHead(WIDTH)
                .dMlp(NEURONS)
                .actFn(Activation.RELU)
                .positionalEmbeddingType(PositionalEmbedding.NONE)
                .normalizationType(kind == Kind.SCALE ? Normalization.LN : Normalization.NONE)
                .useAttnScale(false)
                .build();
    }

    @Override
    public Map<String, float[]> weights() {
        Map<String, float[]> out = new LinkedHashMap<>();
        TlTensors.of(config()).forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
            if (name.contains("ln") && name.endsWith(".w")) {
                Arrays.fill(values, 1);
            }
            out.put(name, values);
        });
        for (int token = 0; token < VOCABULARY; token++) {
            set(out, "embed.W_E", token * WIDTH + token, 1);
        }
        set(out, "unembed.W_U", ANSWER * VOCABULARY + 7, LOGITS / 2);
        set(out, "unembed.W_U", ANSWER * VOCABULARY + 8, -LOGITS / 2);
        plant(out);
        return out;
    }

    private void plant(Map<String, float[]> w) {
        switch (kind) {
            case CONTROL -> {
                answer(w, 0, ANSWER, 1);
                answer(w, 1, ANSWER, 1);
            }
            case ERASURE -> {
                answer(w, 0, FIRST, 2);
                answer(w, 1, ANSWER, 1);
                // What L0H0 wrote counts as an answer too, until L1H0 takes it out.
                set(w, "unembed.W_U", FIRST * VOCABULARY + 7, LOGITS / 2);
                set(w, "unembed.W_U", FIRST * VOCABULARY + 8, -LOGITS / 2);
                attend(w, 1, 0, END);
                move(w, 1, 0, FIRST, FIRST, -1);
            }
            case DEAD_VALUE -> {
                attend(w, 0, 0, PLUS, MINUS, NEITHER);
                answer(w, 1, ANSWER, 1);
            }
            case OR_GATE -> {
                answer(w, 0, FIRST, 1);
                answer(w, 1, SECOND, 1);
                neuron(w, 0, 0, 1, ANSWER, 1, FIRST, 1, SECOND, 1);
                neuron(w, 0, 1, -1, ANSWER, -1, FIRST, 1, SECOND, 1);
                set(w, "blocks.0.mlp.b_out", ANSWER, -1);
            }
            case AND_GATE -> {
                answer(w, 0, FIRST, 1);
                answer(w, 1, SECOND, 1);
                neuron(w, 0, 0, -1, ANSWER, 1, FIRST, 1, SECOND, 1);
                neuron(w, 0, 1, -1, ANSWER, -1, FIRST, -1, SECOND, -1);
            }
            case BIAS_HEAD -> {
                attend(w, 0, 0, END);
                move(w, 0, 0, END, GATE, 1);
                answer(w, 1, FIRST, 1);
                gate(w, 0);
            }
            case TWO_SIGNS -> {
                attend(w, 0, 0, LEFT, RIGHT);
                move(w, 0, 0, LEFT, SIDE, 1);
                move(w, 0, 0, RIGHT, SIDE, -1);
                answer(w, 1, FIRST, 1);
                neuron(w, 0, 0, 0, GATE, 1, SIDE, 1);
                neuron(w, 0, 1, 0, GATE, 1, SIDE, -1);
                gate(w, 1);
            }
            case SCALE -> {
                attend(w, 0, 0, PLUS, MINUS, NEITHER);
                for (int token : new int[] {PLUS, MINUS}) {
                    // Equal and opposite, so that LayerNorm's mean stays and its scale grows.
                    move(w, 0, 0, token, AWAY, 1);
                    move(w, 0, 0, token, AWAY + 1, -1);
                }
                answer(w, 1, ANSWER, 1);
            }
            case BACKUP -> {
                answer(w, 0, ANSWER, 1);
                move(w, 0, 0, PLUS, GATE, 1);
                move(w, 0, 0, MINUS, GATE, 1);
                answer(w, 1, 0, ANSWER, 1);
                // With what L0H0 leaves behind the score at the decisive token is -BETA instead of BETA.
                set(w, "blocks.1.attn.W_Q", GATE * WIDTH, -2 * BETA);
            }
            case PARALLEL -> {
                answer(w, 0, ANSWER, 1);
                answer(w, 1, 0, ANSWER, 1);
            }
        }
    }

    /** Head {@code head} of layer 0 attends to plus or minus and writes its sign. */
    private static void answer(Map<String, float[]> w, int head, int to, float size) {
        answer(w, 0, head, to, size);
    }

    private static void answer(Map<String, float[]> w, int layer, int head, int to, float size) {
        attend(w, layer, head, PLUS, MINUS, NEITHER);
        move(w, layer, head, PLUS, to, size);
        move(w, layer, head, MINUS, to, -size);
    }

    /** Passes what stands in FIRST where GATE is 1, and nothing where it is 0. */
    private static void gate(Map<String, float[]> w, int layer) {
        neuron(w, layer, 0, -1, ANSWER, 1, FIRST, 1, GATE, 1);
        neuron(w, layer, 1, -1, ANSWER, -1, FIRST, -1, GATE, 1);
    }

    /** Every query of the head looks for these tokens. */
    private static void attend(Map<String, float[]> w, int layer, int head, int... tokens) {
        String at = "blocks." + layer + ".attn.";
        set(w, at + "b_Q", head * WIDTH, BETA);
        for (int token : tokens) {
            set(w, at + "W_K", (head * WIDTH + token) * WIDTH, 1);
        }
    }

    /** What the head attends to brings {@code from}, and the head writes it to {@code to}. */
    private static void move(Map<String, float[]> w, int layer, int head, int from, int to, float size) {
        String at = "blocks." + layer + ".attn.";
        set(w, at + "W_V", (head * WIDTH + from) * WIDTH + from, 1);
        set(w, at + "W_O", (head * WIDTH + from) * WIDTH + to, size);
    }

    /** @param inputs direction, weight, direction, weight, ... */
    private static void neuron(
            Map<String, float[]> w, int layer, int neuron, float bias, int to, float out, int... inputs) {
        String at = "blocks." + layer + ".mlp.";
        for (int i = 0; i < inputs.length; i += 2) {
            set(w, at + "W_in", inputs[i] * NEURONS + neuron, inputs[i + 1]);
        }
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
