package dev.loupe.model.gguf;

import dev.loupe.model.config.LongRope;
import dev.loupe.model.config.RotaryScaling;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.YarnScaling;
import dev.loupe.tensors.GgufFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Scaled rotary positions as llama.cpp reads them from a GGUF file (llama-model.cpp, {@code load_hparams}; ggml, {@code
 * rope_yarn}). A key that the file's kind of scaling does not read must have its neutral value.
 */
final class GgufRotary {
    static final String FREQUENCIES = "rope_freqs.weight";
    static final String SHORT = "rope_factors_short.weight";
    static final String LONG = "rope_factors_long.weight";

    private final GgufMetadata from;
    private final GgufArchitecture architecture;
    private final boolean rotates;
    private final RotaryScaling scaling;
    private final double attention;

    /** Reads every key; what is not supported becomes a problem of the metadata. */
    GgufRotary(GgufMetadata from, GgufArchitecture architecture) {
        this.from = from;
        this.architecture = architecture;
        this.rotates = architecture.rotates();
        if (!rotates) {
            unread("rope.scaling.type", "rope.scaling.factor", "rope.scale_linear", "rope.scaling.attn_factor");
            unread("rope.scaling.original_context_length", "rope.scaling.finetuned");
            scaling = new RotaryScaling.None();
            attention = 1;
            return;
        }
        boolean byLength = architecture.scalesByLength() && from.file().has(SHORT);
        RotaryScaling named = byLength ? byLength(from.file()) : scaling(from.size("context_length", 1));
        double factor = from.real("rope.scaling.attn_factor", 1);
        from.only("rope.scaling.yarn_attn_factor", 1.0);
        from.only("rope.scaling.yarn_ext_factor", 1.0);
        attention = named instanceof YarnScaling yarn ? factor * YarnScaling.attention(yarn.factor(), 1) : factor;
        scaling = architecture.scalesByPair() && from.file().has(FREQUENCIES) ? byPair(from.file(), named) : named;
    }

    /** The architecture with the file's scaling. */
    TransformerConfig into(TransformerConfig c) {
        return rotates
                ? c.with()
                        .rotaryScaling(scaling)
                        .rotaryAttentionFactor(attention)
                        .nCtx(architecture.reach(scaling, c.nCtx()))
                        .build()
                : c;
    }

    private void unread(String... keys) {
        for (String key : keys) {
            from.refuse(key);
        }
    }

    private RotaryScaling scaling(int context) {
        double factor = factor();
        // llama.cpp scales linearly where a file names a factor and no type.
        String type = from.text("rope.scaling.type", "linear");
        // Whether the model was trained on after scaling: says nothing about how.
        from.ignore("rope.scaling.finetuned");
        int original = from.size("rope.scaling.original_context_length", context);
        boolean yarn = type.equals("yarn");
        double fast = from.real("rope.scaling.yarn_beta_fast", 32);
        double slow = from.real("rope.scaling.yarn_beta_slow", 1);
        if (yarn) {
            return new YarnScaling(factor, original, fast, slow, true);
        }
        if (fast != 32 || slow != 1) {
            from.problem(
                    "rope.scaling.yarn_beta_fast and yarn_beta_slow are not supported for the type '" + type + "'");
        }
        if (!type.equals("linear") && !type.equals("none")) {
            from.problem(from.named("rope.scaling.type") + ": '" + type
                    + "' is not supported; known are none, linear, yarn");
        }
        if (type.equals("none") && factor != 1) {
            from.problem(from.named("rope.scaling.factor") + ": " + factor + " is not supported for the type 'none'");
        }
        if (factor == 1 && original != context) {
            from.problem(from.named("rope.scaling.original_context_length") + ": " + original
                    + " is not supported without scaling; the file's context is " + context);
        }
        return factor == 1 ? new RotaryScaling.None() : new RotaryScaling.Linear(factor);
    }

    /** Zero is no factor. */
    private double factor() {
        double factor = from.real("rope.scaling.factor", 0);
        double old = from.real("rope.scale_linear", 0);
        if (factor != 0 && old != 0 && factor != old) {
            from.problem(from.named("rope.scaling.factor") + " is " + factor
                    + " and its older name rope.scale_linear is " + old);
        }
        return factor != 0 ? factor : old != 0 ? old : 1;
    }

    /** Llama 3's scaling, which a converter stores as a divisor for each pair. */
    private RotaryScaling byPair(GgufFile file, RotaryScaling named) {
        if (!(named instanceof RotaryScaling.None)) {
            from.problem(FREQUENCIES + " together with another scaling of rotary positions is not supported");
        }
        return new RotaryScaling.ByPair(factors(file, FREQUENCIES));
    }

    /** LongRoPE, which a converter stores as two divisors for each pair. */
    private RotaryScaling byLength(GgufFile file) {
        unread("rope.scaling.type", "rope.scaling.factor", "rope.scale_linear", "rope.scaling.finetuned");
        if (!file.has(LONG)) {
            from.problem("has " + SHORT + " and lacks " + LONG);
            return new RotaryScaling.None();
        }
        int original = from.size("rope.scaling.original_context_length");
        return new LongRope(factors(file, SHORT), factors(file, LONG), original);
    }

    private static List<Double> factors(GgufFile file, String tensor) {
        List<Double> factors = new ArrayList<>();
        for (float factor : file.floats(tensor)) {
            factors.add((double) factor);
        }
        return factors;
    }
}
