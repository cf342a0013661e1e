package dev.loupe.model.planted;

import dev.loupe.dataset.language.Lexicon;
import dev.loupe.model.config.Activation;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One layer, set by hand, whose neurons each mean something that is known, among decoys that are random functions of the
 * tokens and write nothing. It reads rows of the planted language.
 *
 * <p>The residual stream holds, one after the other, the current token, the previous one, the mean of all so far (each one
 * direction per token), what is predicted, the position as a number, that of an earlier copy of the token (its own where there
 * is none), and the position as one direction each. Head 0 brings the previous token, head 1 the mean, head 2 the position of
 * earlier copies; head 3 writes nothing.
 *
 * @param words the token ids that neurons read
 * @param decoys how many there are
 * @param seed of the decoys
 */
public record PlantedNeurons(Lexicon words, int decoys, long seed) implements PlantedModel {
    /** What the first neurons mean, in their order. */
    public enum Meaning {
        /** The word of the first stem and the first ending, written as one token. */
        TOKEN,
        /** The last piece of the word of the second stem and the second ending. */
        BIGRAM,
        /** The second token of the first trigram, after its first; raises the third. */
        TRIGRAM,
        /** That the words so far are those of register b. */
        CONTEXT,
        /** That the token came before in the row. */
        DUPLICATE,
        /** The first piece of any word. */
        MID_WORD,
        /** The third stem; raises the third ending. */
        RETOKENISER,
        /** The second token of the second trigram after its first, and the word of the fourth stem and ending as one token. */
        POLYSEMANTIC,
        /** The first word between constructs; writes the opposite of what it reads. */
        ERASER,
        /** The second word between constructs; writes what it reads once more. */
        BOOSTER
    }

    private static final int CONTEXT = 128;
    private static final int HEADS = 4;
    private static final float BETA = 40;
    private static final float LOGITS = 8;
    /** How strongly decoys read single tokens: seldom as strongly as a neuron of one. */
    private static final float OF_TOKENS = .25f;
    /** How strongly they read the mean, whose entries are small. */
    private static final float OF_CONTEXT = 2.5f;

    private int current(int token) {
        return token;
    }

    private int previous(int token) {
        return words.size() + token;
    }

    private int mean(int token) {
        return 2 * words.size() + token;
    }

    private int predicted(int token) {
        return 3 * words.size() + token;
    }

    private int place() {
        return 4 * words.size();
    }

    private int copy() {
        return place() + 1;
    }

    private int position() {
        return place() + 2;
    }

    private int neurons() {
        return Meaning.values().length + decoys;
    }

    @Override
    public TransformerConfig config() {
        return TransformerConfig.builder(1, position() + CONTEXT, CONTEXT, words.size())
                .nHeads(HEADS)
                .dHead(words.size() + CONTEXT)
                .dMlp(neurons())
                .actFn(Activation.RELU)
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
        int width = position() + CONTEXT;
        for (int token = 0; token < words.size(); token++) {
            set(w, "embed.W_E", token * width + current(token), 1);
            set(w, "unembed.W_U", predicted(token) * words.size() + token, LOGITS);
        }
        for (int pos = 0; pos < CONTEXT; pos++) {
            set(w, "pos_embed.W_pos", pos * width + position() + pos, 1);
            set(w, "pos_embed.W_pos", pos * width + place(), pos);
        }
        heads(w, width);
        for (Meaning meaning : Meaning.values()) {
            plant(w, meaning);
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int neuron = Meaning.values().length; neuron < neurons(); neuron++) {
            for (int from = 0; from < predicted(0); from++) {
                float size = from < mean(0) ? OF_TOKENS : OF_CONTEXT;
                read(w, neuron, from, size * (float) random.nextGaussian());
            }
        }
        return w;
    }

    private void heads(Map<String, float[]> w, int width) {
        int dHead = words.size() + CONTEXT;
        int size = width * dHead;
        for (int token = 0; token < words.size(); token++) {
            for (int head = 0; head < 2; head++) {
                int to = head == 0 ? previous(token) : mean(token);
                set(w, "blocks.0.attn.W_V", head * size + current(token) * dHead + token, 1);
                set(w, "blocks.0.attn.W_O", head * size + token * width + to, 1);
            }
            set(w, "blocks.0.attn.W_Q", 2 * size + current(token) * dHead + token, BETA);
            set(w, "blocks.0.attn.W_K", 2 * size + current(token) * dHead + token, 1);
        }
        for (int pos = 0; pos < CONTEXT; pos++) {
            int at = (position() + pos) * dHead + words.size();
            if (pos > 0) {
                set(w, "blocks.0.attn.W_Q", at + pos - 1, BETA);
            }
            set(w, "blocks.0.attn.W_K", at + pos, 1);
            // Its own position is a copy too, and half as good as an earlier one.
            set(w, "blocks.0.attn.W_Q", 2 * size + at + pos, -BETA / 2);
            set(w, "blocks.0.attn.W_K", 2 * size + at + pos, 1);
        }
        set(w, "blocks.0.attn.W_V", 2 * size + place() * dHead, 1);
        set(w, "blocks.0.attn.W_O", 2 * size + copy(), 1);
    }

    private void plant(Map<String, float[]> w, Meaning meaning) {
        int neuron = meaning.ordinal();
        List<int[]> pairs = words.pairs();
        switch (meaning) {
            case TOKEN -> read(w, neuron, current(words.whole()[0][0]), 1);
            case BIGRAM -> pair(w, neuron, words.stems()[1], words.endings()[1]);
            case TRIGRAM -> {
                pair(w, neuron, pairs.get(0)[0], pairs.get(0)[1]);
                write(w, neuron, predicted(pairs.get(0)[2]), 1);
            }
            case CONTEXT -> {
                for (int token = 0; token < words.size(); token++) {
                    read(w, neuron, mean(token), (float) words.registerB()[token]);
                }
            }
            case DUPLICATE -> {
                read(w, neuron, place(), 1);
                read(w, neuron, copy(), -1);
                bias(w, neuron, -.5f);
            }
            case MID_WORD -> {
                for (int stem : words.stems()) {
                    read(w, neuron, current(stem), 1);
                }
            }
            case RETOKENISER -> {
                read(w, neuron, current(words.stems()[2]), 1);
                write(w, neuron, predicted(words.endings()[2]), 1);
            }
            case POLYSEMANTIC -> {
                pair(w, neuron, pairs.get(1)[0], pairs.get(1)[1]);
                // As strong as a pair, which is both of its tokens less one.
                read(w, neuron, current(words.whole()[3][3]), 2);
            }
            case ERASER -> {
                read(w, neuron, current(0), 1);
                write(w, neuron, current(0), -1);
            }
            case BOOSTER -> {
                read(w, neuron, current(1), 1);
                write(w, neuron, current(1), 1);
            }
        }
    }

    /** Fires, with 1, where both tokens come one after the other. */
    private void pair(Map<String, float[]> w, int neuron, int before, int now) {
        read(w, neuron, previous(before), 1);
        read(w, neuron, current(now), 1);
        bias(w, neuron, -1);
    }

    private void read(Map<String, float[]> w, int neuron, int from, float value) {
        set(w, "blocks.0.mlp.W_in", from * neurons() + neuron, value);
    }

    private void write(Map<String, float[]> w, int neuron, int to, float value) {
        set(w, "blocks.0.mlp.W_out", neuron * (position() + CONTEXT) + to, value);
    }

    private static void bias(Map<String, float[]> w, int neuron, float value) {
        set(w, "blocks.0.mlp.b_in", neuron, value);
    }

    private static void set(Map<String, float[]> w, String name, int at, float value) {
        float[] values = w.get(name);
        if (values == null) {
            throw new IllegalStateException("no " + name);
        }
        values[at] = value;
    }
}
