package dev.loupe.model.dictionary;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The architectures of SAELens that are computed here: how a feature is made active, and whether what is reconstructed is what
 * was read (an autoencoder) or what comes later (a transcoder).
 */
public enum DictionaryKind {
    STANDARD(Gate.RELU, false, false),
    JUMPRELU(Gate.THRESHOLD, false, false),
    TOPK(Gate.TOP_K, false, false),
    ABSTOPK(Gate.TOP_K_MAGNITUDE, false, false),
    GATED(Gate.GATED, false, false),
    TRANSCODER(Gate.RELU, true, false),
    SKIP_TRANSCODER(Gate.RELU, true, true),
    JUMPRELU_TRANSCODER(Gate.THRESHOLD, true, false),
    JUMPRELU_SKIP_TRANSCODER(Gate.THRESHOLD, true, true);

    /** What makes a feature active, with pre the feature's product and bias. */
    enum Gate {
        /** max(pre, 0). */
        RELU,
        /** max(pre, 0) where pre is above a threshold of the feature's own, else 0. */
        THRESHOLD,
        /** max(pre, 0) of the k largest pre of a position, else 0. */
        TOP_K,
        /** pre of the k largest |pre| of a position, else 0. */
        TOP_K_MAGNITUDE,
        /** A second bias decides which features are active, a second scale by how much. */
        GATED
    }

    private final Gate gate;
    private final boolean transcodes;
    private final boolean skips;

    DictionaryKind(Gate gate, boolean transcodes, boolean skips) {
        this.gate = gate;
        this.transcodes = transcodes;
        this.skips = skips;
    }

    /** The architecture that a configuration names, null where it is none of these. */
    static @Nullable DictionaryKind of(String architecture) {
        for (DictionaryKind kind : values()) {
            if (kind.word().equals(architecture)) {
                return kind;
            }
        }
        return null;
    }

    /** As SAELens writes it. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Gate gate() {
        return gate;
    }

    /** Whether it reconstructs another activation than the one that it reads. */
    public boolean transcodes() {
        return transcodes;
    }

    /** Whether a linear map of the input is added to the reconstruction. */
    boolean skips() {
        return skips;
    }

    boolean countsActive() {
        return gate == Gate.TOP_K || gate == Gate.TOP_K_MAGNITUDE;
    }

    /** Names and shapes of its tensors, all of which a file must have and no others. */
    Map<String, long[]> tensors(int in, int features, int out) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("W_enc", new long[] {in, features});
        shapes.put("W_dec", new long[] {features, out});
        shapes.put("b_dec", new long[] {out});
        if (gate == Gate.GATED) {
            for (String name : new String[] {"b_gate", "b_mag", "r_mag"}) {
                shapes.put(name, new long[] {features});
            }
        } else {
            shapes.put("b_enc", new long[] {features});
        }
        if (gate == Gate.THRESHOLD) {
            shapes.put("threshold", new long[] {features});
        }
        if (skips) {
            shapes.put("W_skip", new long[] {out, in});
        }
        return shapes;
    }
}
