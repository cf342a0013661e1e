package dev.loupe.model.planted;

import dev.loupe.model.config.ConfigChecks;
import dev.loupe.model.config.ConfigException;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.schema.annotation.Doc;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An attention-only transformer whose heads are set by hand, so that what a detector must find is known. The residual
 * stream is one-hot: the token, the position, and the previous token (written by previous-token heads). Scores are
 * {@code beta} at a head's target and 0 elsewhere, without norm and scaling; where a position has no target, the head
 * attends evenly.
 *
 * @param vocabulary tokens
 * @param nCtx longest input
 * @param beta score at the target; 20 puts at least 0.9999 of the pattern there
 * @param heads kinds by layer and head; every layer has equally many
 */
public record PlantedHeads(int vocabulary, int nCtx, double beta, List<List<Kind>> heads) implements PlantedModel {
    /** What a planted head attends to. */
    public enum Kind {
        @Doc("The previous position.")
        PREVIOUS,
        @Doc("Two positions back.")
        OFF_BY_ONE,
        @Doc("Earlier copies of the current token.")
        DUPLICATE,
        @Doc("Tokens after earlier copies of the current token; needs a previous-token head in an earlier layer.")
        INDUCTION,
        @Doc("All positions equally.")
        UNIFORM
    }

    /** How much louder a copied token is in the logits than the current one. */
    private static final float COPY = 10;

    public PlantedHeads {
        heads = heads.stream().map(List::copyOf).toList();
        int width = heads.isEmpty() ? 0 : heads.get(0).size();
        boolean previous = false;
        new ConfigChecks()
                .range("vocabulary", vocabulary, 2, 64)
                .range("n_ctx", nCtx, 2, 4096)
                .positive("beta", beta)
                .that(
                        width > 0 && heads.stream().allMatch(l -> l.size() == width),
                        "every layer needs equally many heads")
                .done();
        for (List<Kind> layer : heads) {
            if (layer.contains(Kind.INDUCTION) && !previous) {
                throw new ConfigException(List.of("an induction head needs a previous-token head in an earlier layer"));
            }
            previous |= layer.contains(Kind.PREVIOUS);
        }
    }

    @Override
    public TransformerConfig config() {
        return TransformerConfig.builder(heads.size(), 2 * vocabulary + nCtx, nCtx, vocabulary)
                .nHeads(heads.get(0).size())
                .dHead(vocabulary + nCtx)
                .attnOnly(true)
                .normalizationType(Normalization.NONE)
                .useAttnScale(false)
                .build();
    }

    @Override
    public Map<String, float[]> weights() {
        TransformerConfig config = config();
        Map<String, float[]> out = new LinkedHashMap<>();
        TlTensors.of(config).forEach((name, shape) -> {
            long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            out.put(name, new float[Math.toIntExact(size)]);
        });
        int d = config.dModel();
        diagonal(weight(out, "embed.W_E"), 0, d, 0, 0, vocabulary, 1);
        diagonal(weight(out, "pos_embed.W_pos"), 0, d, 0, vocabulary, nCtx, 1);
        diagonal(weight(out, "unembed.W_U"), 0, vocabulary, 0, 0, vocabulary, 1);
        for (int layer = 0; layer < heads.size(); layer++) {
            for (int head = 0; head < heads.get(layer).size(); head++) {
                plant(out, "blocks." + layer + ".attn.", head, heads.get(layer).get(head), config);
            }
        }
        return out;
    }

    /** Head dimensions: one per token, then one per position. */
    private void plant(Map<String, float[]> out, String at, int head, Kind kind, TransformerConfig c) {
        int d = c.dModel();
        int dh = c.dHead();
        int v = vocabulary;
        int read = head * d * dh;
        float[] q = weight(out, at + "W_Q");
        float[] k = weight(out, at + "W_K");
        switch (kind) {
            case PREVIOUS, OFF_BY_ONE -> {
                int back = kind == Kind.PREVIOUS ? 1 : 2;
                diagonal(q, read, dh, v + back, v, nCtx - back, (float) beta);
                diagonal(k, read, dh, v, v, nCtx, 1);
            }
            case DUPLICATE -> {
                diagonal(q, read, dh, 0, 0, v, (float) beta);
                diagonal(k, read, dh, 0, 0, v, 1);
                // The current position is a copy of itself and must not win.
                diagonal(q, read, dh, v, v, nCtx, (float) (-2 * beta));
                diagonal(k, read, dh, v, v, nCtx, 1);
            }
            case INDUCTION -> {
                diagonal(q, read, dh, 0, 0, v, (float) beta);
                diagonal(k, read, dh, v + nCtx, 0, v, 1);
                // Position 0 has no previous token; the head that looks for one there finds the token itself.
                Arrays.fill(k, read + v * dh, read + v * dh + v, -1);
            }
            case UNIFORM -> {}
        }
        if (kind == Kind.PREVIOUS || kind == Kind.INDUCTION) {
            boolean copies = kind == Kind.INDUCTION;
            diagonal(weight(out, at + "W_V"), read, dh, 0, 0, v, 1);
            diagonal(weight(out, at + "W_O"), head * dh * d, d, 0, copies ? 0 : v + nCtx, v, copies ? COPY : 1);
        }
    }

    /** Sets [row + i, col + i] of a matrix with {@code width} columns that starts at {@code offset}. */
    private static void diagonal(float[] matrix, int offset, int width, int row, int col, int count, float value) {
        for (int i = 0; i < count; i++) {
            matrix[offset + (row + i) * width + col + i] = value;
        }
    }

    private static float[] weight(Map<String, float[]> all, String name) {
        float[] values = all.get(name);
        if (values == null) {
            throw new IllegalStateException("no " + name);
        }
        return values;
    }
}
