package dev.loupe.model.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.model.config.RotaryScaling;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What llama.cpp's converter makes of one hub family ({@code general.architecture}). The permits clause is the registry.
 */
sealed interface GgufArchitecture
        permits GgufGemma2, GgufGemma3, GgufGpt2, GgufGptNeox, GgufLlama, GgufOlmo2, GgufPhi3, GgufQwen2, GgufQwen3 {
    String name();

    GgufNames names();

    /** Puts what the file says into the fields of the family's config.json. */
    void config(GgufMetadata from, ObjectNode json);

    /** Fields of config.json that a file of this architecture has no key for: a config.json beside it may say them. */
    List<String> unsaid();

    /** Whether it has rotary positions. */
    default boolean rotates() {
        return true;
    }

    /** Whether llama.cpp divides its rotary frequencies by {@code rope_freqs.weight}. */
    default boolean scalesByPair() {
        return false;
    }

    /** Whether llama.cpp divides its rotary frequencies by {@code rope_factors_short.weight} or its long counterpart. */
    default boolean scalesByLength() {
        return false;
    }

    /** The longest input under a scaling, where the file says a context. */
    default int reach(RotaryScaling scaling, int context) {
        return scaling.reach(context);
    }

    /** How a tensor lies in the file, by its hub name. */
    GgufOrder order(String hub, GgufMetadata from);

    static @Nullable GgufArchitecture of(String name) {
        return all().get(name);
    }

    static Map<String, GgufArchitecture> all() {
        Map<String, GgufArchitecture> out = new TreeMap<>();
        for (GgufArchitecture a : List.of(
                new GgufGemma2(),
                new GgufGemma3(),
                new GgufGpt2(),
                new GgufGptNeox(),
                new GgufLlama(),
                new GgufOlmo2(),
                new GgufPhi3(),
                new GgufQwen2(),
                new GgufQwen3())) {
            out.put(a.name(), a);
        }
        return out;
    }
}
