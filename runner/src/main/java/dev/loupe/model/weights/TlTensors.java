package dev.loupe.model.weights;

import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights of a configuration by TransformerLens' names, with their shapes (x @ W, heads first). */
public final class TlTensors {
    private TlTensors() {}

    /** Names and shapes, in the order of computation. */
    public static Map<String, long[]> of(TransformerConfig c) {
        Map<String, long[]> out = new LinkedHashMap<>();
        out.put("embed.W_E", new long[] {c.dVocab(), c.dModel()});
        if (c.positionalEmbeddingType().learned()) {
            out.put("pos_embed.W_pos", new long[] {c.nCtx(), c.dModel()});
        }
        for (int layer = 0; layer < c.nLayers(); layer++) {
            block(c, "blocks." + layer + ".", out);
        }
        norm("ln_final.", c.finalNormalization(), c.dModel(), out);
        out.put("unembed.W_U", new long[] {c.dModel(), c.dVocabOut()});
        out.put("unembed.b_U", new long[] {c.dVocabOut()});
        return out;
    }

    private static void block(TransformerConfig c, String at, Map<String, long[]> out) {
        long heads = c.nHeads();
        long shared = c.nKeyValueHeads();
        norm(at + "ln1.", c.inputNormalization(), c.dModel(), out);
        out.put(at + "attn.W_Q", new long[] {heads, c.dModel(), c.dHead()});
        out.put(at + "attn.W_K", new long[] {shared, c.dModel(), c.dHead()});
        out.put(at + "attn.W_V", new long[] {shared, c.dModel(), c.dHead()});
        out.put(at + "attn.W_O", new long[] {heads, c.dHead(), c.dModel()});
        out.put(at + "attn.b_Q", new long[] {heads, c.dHead()});
        out.put(at + "attn.b_K", new long[] {shared, c.dHead()});
        out.put(at + "attn.b_V", new long[] {shared, c.dHead()});
        out.put(at + "attn.b_O", new long[] {c.dModel()});
        if (!c.qkNorm().isNone()) {
            out.put(at + "attn.q_norm.w", new long[] {c.qkNorm().width(c.nHeads(), c.dHead())});
            out.put(at + "attn.k_norm.w", new long[] {c.qkNorm().width(c.nKeyValueHeads(), c.dHead())});
        }
        norm(at + "ln1_post.", c.outputNormalization(), c.dModel(), out);
        if (c.attnOnly()) {
            return;
        }
        norm(at + "ln2.", c.inputNormalization(), c.dModel(), out);
        out.put(at + "mlp.W_in", new long[] {c.dModel(), c.dMlp()});
        if (c.gatedMlp()) {
            out.put(at + "mlp.W_gate", new long[] {c.dModel(), c.dMlp()});
        }
        out.put(at + "mlp.b_in", new long[] {c.dMlp()});
        if (c.actFn().hasNorm()) {
            norm(at + "mlp.ln.", c.innerNormalization(), c.dMlp(), out);
        }
        out.put(at + "mlp.W_out", new long[] {c.dMlp(), c.dModel()});
        out.put(at + "mlp.b_out", new long[] {c.dModel()});
        norm(at + "ln2_post.", c.outputNormalization(), c.dModel(), out);
    }

    private static void norm(String at, Normalization kind, long width, Map<String, long[]> out) {
        if (kind.hasGain()) {
            out.put(at + "w", new long[] {width});
        }
        if (kind.hasBias()) {
            out.put(at + "b", new long[] {width});
        }
    }

    /** The weights that are read and processed together: {@code blocks.3} for a block, else the first part of the name. */
    static String group(String name) {
        int dot = name.indexOf('.');
        return name.startsWith("blocks.") ? name.substring(0, name.indexOf('.', dot + 1)) : name.substring(0, dot);
    }
}
