package dev.loupe.model.config;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import java.util.ArrayList;
import java.util.List;

/** Which hook points a configuration has, and of which shape: known without weights. */
public final class Sites {
    private Sites() {}

    /** Every hook point in the order of computation, those on request included. */
    public static List<HookPoint> of(TransformerConfig config) {
        List<HookPoint> out = new ArrayList<>();
        for (Site site : Site.values()) {
            if (!site.perLayer() && site.compareTo(Site.RESID_PRE) < 0 && exists(config, site)) {
                out.add(HookPoint.of(site));
            }
        }
        for (int layer = 0; layer < config.nLayers(); layer++) {
            for (Site site : Site.values()) {
                if (site.perLayer() && exists(config, site)) {
                    out.add(HookPoint.of(site, layer));
                }
            }
        }
        for (Site site : Site.values()) {
            if (!site.perLayer() && site.compareTo(Site.RESID_PRE) > 0 && exists(config, site)) {
                out.add(HookPoint.of(site));
            }
        }
        return out;
    }

    public static boolean exists(TransformerConfig config, HookPoint point) {
        return point.layer() < config.nLayers() && exists(config, point.site());
    }

    /** Whether a model of this configuration has the site (in each of its blocks, if there are any). */
    public static boolean exists(TransformerConfig c, Site site) {
        boolean before = !c.inputNormalization().isNone();
        boolean after = !c.outputNormalization().isNone();
        boolean mlp = !c.attnOnly();
        return switch (site) {
            case POS_EMBED -> c.positionalEmbeddingType().learned();
            case LN1_SCALE, LN1_NORMALIZED -> before;
            case LN1_POST_SCALE, LN1_POST_NORMALIZED, RESULT_POST -> after;
            case LN_FINAL_SCALE, LN_FINAL_NORMALIZED -> before || after;
            case LN2_SCALE, LN2_NORMALIZED -> before && mlp;
            case LN2_POST_SCALE, LN2_POST_NORMALIZED -> after && mlp;
            case Q_NORM_SCALE, Q_NORM_NORMALIZED, K_NORM_SCALE, K_NORM_NORMALIZED ->
                !c.qkNorm().isNone();
            // One copy per query head cannot feed a smaller number of key heads.
            case ATTN_IN -> c.nKeyValueHeads() == c.nHeads();
            case ROT_Q, ROT_K -> c.positionalEmbeddingType() == PositionalEmbedding.ROTARY;
            case RESID_MID -> mlp && !c.parallelAttnMlp();
            case MLP_IN, MLP_PRE, MLP_POST, MLP_OUT -> mlp;
            case MLP_PRE_LINEAR -> c.gatedMlp();
            case MLP_MID, MLP_LN_SCALE, MLP_LN_NORMALIZED -> mlp && c.actFn().hasNorm();
            // A dictionary belongs to a model of a spec, not to an architecture.
            case FEATURES, DICTIONARY_ERROR -> false;
            default -> true;
        };
    }

    /** The shape of a point's value for a full forward pass over {@code batch} rows of {@code pos} tokens. */
    public static long[] shape(TransformerConfig c, Site site, long batch, long pos) {
        List<String> axes = site.axes();
        long[] shape = new long[axes.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = switch (axes.get(i)) {
                case "batch" -> batch;
                case "pos", "query_pos", "key_pos" -> pos;
                case "head" -> c.nHeads();
                case "kv_head" -> c.nKeyValueHeads();
                case "d_head" -> c.dHead();
                case "d_model" -> c.dModel();
                case "d_mlp" -> c.dMlp();
                case "d_vocab_out" -> c.dVocabOut();
                case "one" -> 1;
                default -> throw new IllegalStateException("axis " + axes.get(i));
            };
        }
        return shape;
    }
}
