package dev.loupe.hook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places in a transformer where a value can be read or replaced: one table with the canonical spelling, the hook
 * name of TransformerLens 3's HookedTransformer and the named axes. Which of them a model has depends on its
 * configuration.
 *
 * <p>Axes: {@code head} has n_heads entries, {@code kv_head} n_key_value_heads, {@code one} a single one.
 */
public enum Site {
    EMBED("embed", "hook_embed", "batch pos d_model"),
    POS_EMBED("pos_embed", "hook_pos_embed", "batch pos d_model"),
    RESID_PRE("resid_pre", "blocks.{}.hook_resid_pre", "batch pos d_model"),
    /** What attention reads, a copy for each head, before ln1. */
    ATTN_IN("attn_in", "blocks.{}.hook_attn_in", "batch pos head d_model", true),
    /** What the queries are made from, a copy for each head, before ln1. */
    Q_INPUT("q_input", "blocks.{}.hook_q_input", "batch pos head d_model", true),
    K_INPUT("k_input", "blocks.{}.hook_k_input", "batch pos kv_head d_model", true),
    V_INPUT("v_input", "blocks.{}.hook_v_input", "batch pos kv_head d_model", true),
    LN1_SCALE("ln1.scale", "blocks.{}.ln1.hook_scale", "batch pos one"),
    /** After the division by the scale, before gain and bias. */
    LN1_NORMALIZED("ln1.normalized", "blocks.{}.ln1.hook_normalized", "batch pos d_model"),
    Q("attn.q", "blocks.{}.attn.hook_q", "batch pos head d_head"),
    K("attn.k", "blocks.{}.attn.hook_k", "batch pos kv_head d_head"),
    V("attn.v", "blocks.{}.attn.hook_v", "batch pos kv_head d_head"),
    /** What the norm of queries divides by; one number for each position, shown for each head, where it takes all heads together. */
    Q_NORM_SCALE("attn.q_norm.scale", "blocks.{}.attn.q_norm.hook_scale", "batch pos head one"),
    /** After the division by the scale, before the gain. */
    Q_NORM_NORMALIZED("attn.q_norm.normalized", "blocks.{}.attn.q_norm.hook_normalized", "batch pos head d_head"),
    K_NORM_SCALE("attn.k_norm.scale", "blocks.{}.attn.k_norm.hook_scale", "batch pos kv_head one"),
    K_NORM_NORMALIZED("attn.k_norm.normalized", "blocks.{}.attn.k_norm.hook_normalized", "batch pos kv_head d_head"),
    ROT_Q("attn.rot_q", "blocks.{}.attn.hook_rot_q", "batch pos head d_head"),
    ROT_K("attn.rot_k", "blocks.{}.attn.hook_rot_k", "batch pos kv_head d_head"),
    /** After scaling, soft-cap and mask: -inf where a query may not look. */
    ATTN_SCORES("attn.scores", "blocks.{}.attn.hook_attn_scores", "batch head query_pos key_pos"),
    PATTERN("attn.pattern", "blocks.{}.attn.hook_pattern", "batch head query_pos key_pos"),
    Z("attn.z", "blocks.{}.attn.hook_z", "batch pos head d_head"),
    /** What each head writes, before the norm on attention's output where there is one; the output bias is not in it. */
    RESULT("attn.result", "blocks.{}.attn.hook_result", "batch pos head d_model", true),
    LN1_POST_SCALE("ln1_post.scale", "blocks.{}.ln1_post.hook_scale", "batch pos one"),
    LN1_POST_NORMALIZED("ln1_post.normalized", "blocks.{}.ln1_post.hook_normalized", "batch pos d_model"),
    /**
     * Each head's share of what attention adds to the residual stream where a norm stands on its output: what the head writes
     * over that norm's scale, times its gain. Loupe's own name: TransformerLens has no such hook.
     */
    RESULT_POST("attn.result_post", "blocks.{}.attn.hook_result_post", "batch pos head d_model", true),
    /** What attention adds to the residual stream: after the norm on its output, where there is one. */
    ATTN_OUT("attn_out", "blocks.{}.hook_attn_out", "batch pos d_model"),
    RESID_MID("resid_mid", "blocks.{}.hook_resid_mid", "batch pos d_model"),
    /** What the MLP reads, before ln2; an edit here does not touch the residual stream. */
    MLP_IN("mlp_in", "blocks.{}.hook_mlp_in", "batch pos d_model", true),
    LN2_SCALE("ln2.scale", "blocks.{}.ln2.hook_scale", "batch pos one"),
    LN2_NORMALIZED("ln2.normalized", "blocks.{}.ln2.hook_normalized", "batch pos d_model"),
    /** Before the activation; in a gated MLP the gate's side. */
    MLP_PRE("mlp.pre", "blocks.{}.mlp.hook_pre", "batch pos d_mlp"),
    /** The side of a gated MLP that the activation does not touch. */
    MLP_PRE_LINEAR("mlp.pre_linear", "blocks.{}.mlp.hook_pre_linear", "batch pos d_mlp"),
    /** Between the activation and the LayerNorm inside the MLP. */
    MLP_MID("mlp.mid", "blocks.{}.mlp.hook_mid", "batch pos d_mlp"),
    MLP_LN_SCALE("mlp.ln.scale", "blocks.{}.mlp.ln.hook_scale", "batch pos one"),
    MLP_LN_NORMALIZED("mlp.ln.normalized", "blocks.{}.mlp.ln.hook_normalized", "batch pos d_mlp"),
    MLP_POST("mlp.post", "blocks.{}.mlp.hook_post", "batch pos d_mlp"),
    LN2_POST_SCALE("ln2_post.scale", "blocks.{}.ln2_post.hook_scale", "batch pos one"),
    LN2_POST_NORMALIZED("ln2_post.normalized", "blocks.{}.ln2_post.hook_normalized", "batch pos d_model"),
    /** What the MLP adds to the residual stream: after the norm on its output, where there is one. */
    MLP_OUT("mlp_out", "blocks.{}.hook_mlp_out", "batch pos d_model"),
    RESID_POST("resid_post", "blocks.{}.hook_resid_post", "batch pos d_model"),
    /** The features of the layer's dictionary, if it has one; where they are computed depends on the dictionary. */
    FEATURES("dictionary.features", "blocks.{}.hook_sae_acts_post", "batch pos d_sae", true),
    /** What the dictionary does not reconstruct: the activation minus the reconstruction, added to it again. */
    DICTIONARY_ERROR("dictionary.error", "blocks.{}.hook_sae_error", "batch pos d_model", true),
    LN_FINAL_SCALE("ln_final.scale", "ln_final.hook_scale", "batch pos one"),
    LN_FINAL_NORMALIZED("ln_final.normalized", "ln_final.hook_normalized", "batch pos d_model"),
    UNEMBED_IN("unembed.in", "unembed.hook_in", "batch pos d_model"),
    /** The logits before their soft-cap, where there is one. */
    UNEMBED_OUT("unembed.out", "unembed.hook_out", "batch pos d_vocab_out");

    private final String canonical;
    private final String template;
    private final List<String> axes;
    private final boolean onRequest;

    Site(String canonical, String template, String axes) {
        this(canonical, template, axes, false);
    }

    Site(String canonical, String template, String axes, boolean onRequest) {
        this.canonical = canonical;
        this.template = template;
        this.axes = List.of(axes.split(" "));
        this.onRequest = onRequest;
    }

    /** The one spelling in specs and reports ({@code attn.z}). */
    public String canonical() {
        return canonical;
    }

    /** Named axes, outermost first. */
    public List<String> axes() {
        return axes;
    }

    /** Whether every block has one, as opposed to once per model. */
    public boolean perLayer() {
        return template.contains("{}");
    }

    /** Whether it belongs to a dictionary, and so has no fixed place in the order of computation. */
    public boolean ofDictionary() {
        return this == FEATURES || this == DICTIONARY_ERROR;
    }

    /** Whether it has units that are named one by one: neurons, or features of a dictionary. */
    public boolean hasUnits() {
        return axes.contains("d_mlp") || axes.contains("d_sae");
    }

    /** Whether it exists only when asked for, because it costs memory or splits a computation. */
    public boolean onRequest() {
        return onRequest;
    }

    /** The hook name with {@code {}} in place of the layer. */
    public String template() {
        return template;
    }

    /** The full hook name; the layer is ignored where there is one per model. */
    String name(int layer) {
        return template.replace("{}", Integer.toString(layer));
    }

    /** The site of a canonical spelling, or null. */
    public static @Nullable Site ofCanonical(String spelling) {
        for (Site site : values()) {
            if (site.canonical.equals(spelling)) {
                return site;
            }
        }
        return null;
    }

    /** The hook name as lists show it, {@code L} for the layer: {@code blocks.L.attn.hook_z}. */
    public String shown() {
        return template.replace("{}", "L");
    }

    /**
     * The site of a canonical spelling, of a hook name as lists show it ({@code blocks.L.attn.hook_z}), of its last part ({@code attn.hook_z}, {@code hook_resid_pre}) or of a
     * TransformerLens short name ({@code z}, {@code attn_logits}, {@code key}); null where it is none of these.
     */
    public static @Nullable Site ofSpelling(String spelling) {
        Site exact = ofCanonical(spelling);
        if (exact != null) {
            return exact;
        }
        for (Site site : values()) {
            if (site.shown().equals(spelling)
                    || site.template.equals(spelling)
                    || site.template.equals("blocks.{}." + spelling)) {
                return site;
            }
        }
        return Shorthand.site(spelling);
    }

    /** Every canonical spelling, to pick the nearest from. */
    public static List<String> spellings() {
        List<String> all = new ArrayList<>();
        for (Site site : values()) {
            all.add(site.canonical);
        }
        return all;
    }
}
