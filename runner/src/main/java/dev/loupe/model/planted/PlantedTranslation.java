package dev.loupe.model.planted;

import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.dataset.task.Translation;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One layer that translates sentences of {@link Translation} in the order that the words decide. Head 0 is a translation head:
 * from each output it looks at the source word whose id comes next, wherever that stands, and writes its translation. Head 1
 * looks as far back as the source is where words are translated one after another, whatever stands there. The residual stream is
 * one-hot: the token, then the position.
 */
public record PlantedTranslation() implements PlantedModel {
    private static final int WORDS = 16;
    private static final int LENGTH = 6;
    private static final float BETA = 20;

    /** How much louder a translation is in the logits than the current token. */
    private static final float COPY = 10;

    private static final Translation TASK = new Translation(
            Translation.Order.SORTED, Translation.Into.OTHER, WORDS, LENGTH, 0, HeldOut.ALL, .1, 1, null);

    private static int vocabulary() {
        return TASK.vocabularySize();
    }

    @Override
    public TransformerConfig config() {
        int context = 2 * LENGTH + 1;
        return TransformerConfig.builder(1, vocabulary() + context, context, vocabulary())
                .nHeads(2)
                .dHead(vocabulary())
                .attnOnly(true)
                .normalizationType(Normalization.NONE)
                .useAttnScale(false)
                .build();
    }

    @Override
    public Map<String, float[]> weights() {
        TransformerConfig config = config();
        int d = config.dModel();
        int v = vocabulary();
        Map<String, float[]> out = new LinkedHashMap<>();
        TlTensors.of(config).forEach((name, shape) -> {
            long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            out.put(name, new float[Math.toIntExact(size)]);
        });
        for (int token = 0; token < v; token++) {
            weight(out, "embed.W_E")[token * d + token] = 1;
            weight(out, "unembed.W_U")[token * v + token] = 1;
        }
        for (int place = 0; place < config.nCtx(); place++) {
            weight(out, "pos_embed.W_pos")[place * d + v + place] = 1;
        }
        byContent(out, d, v);
        byPlace(out, d, v, config.nCtx());
        return out;
    }

    /** Dimensions of the head are the source words; a word scores more the sooner it comes, and nothing once it has come. */
    private static void byContent(Map<String, float[]> out, int d, int v) {
        int[] dictionary = TASK.dictionary();
        int[] written = new int[v];
        Arrays.fill(written, -2);
        written[v - 1] = -1;
        for (int word = 0; word < WORDS; word++) {
            written[dictionary[word]] = word;
            weight(out, "blocks.0.attn.W_K")[word * v + word] = 1;
            weight(out, "blocks.0.attn.W_V")[word * v + word] = 1;
            weight(out, "blocks.0.attn.W_O")[word * d + dictionary[word]] = COPY;
        }
        for (int token = 0; token < v; token++) {
            for (int word = 0; word < WORDS && written[token] > -2; word++) {
                weight(out, "blocks.0.attn.W_Q")[token * v + word] =
                        word > written[token] ? BETA * (WORDS - word) : -2 * BETA;
            }
        }
    }

    private static void byPlace(Map<String, float[]> out, int d, int v, int context) {
        int head = d * v;
        for (int place = 0; place < context; place++) {
            weight(out, "blocks.0.attn.W_K")[head + (v + place) * v + place] = 1;
            if (place >= LENGTH) {
                weight(out, "blocks.0.attn.W_Q")[head + (v + place) * v + place - LENGTH] = BETA;
            }
        }
    }

    private static float[] weight(Map<String, float[]> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }
}
