package dev.loupe.model.config;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.SnakeKeys;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The architecture of a transformer, in TransformerLens' field names. A value of -1 means "derived from the others" and
 * is replaced by the derived value on construction, so that equal architectures are equal records.
 *
 * @throws ConfigException where values contradict each other, all at once
 */
@SnakeKeys
public record TransformerConfig(
        @Doc("Blocks.") int nLayers,
        @Doc("Width of the residual stream.") int dModel,
        @Doc("Context length, in tokens.") int nCtx,
        @Doc("Input vocabulary size.") int dVocab,

        @Doc("Heads per block; -1 is d_model / d_head.") @Default("-1")
        int nHeads,

        @Doc("Width of one head; -1 is d_model / n_heads.") @Default("-1")
        int dHead,

        @Doc("Neurons per block; -1 is 4 d_model.") @Default("-1")
        int dMlp,

        @Doc("Output vocabulary size; -1 is d_vocab.") @Default("-1")
        int dVocabOut,

        @Doc("Activation function of the MLP.") @Default("relu")
        Activation actFn,

        @Doc("Epsilon, added to the variance before the square root.") @Default("1e-5")
        double eps,

        @Doc("Normalisation before attention, MLP and unembedding.") @Default("LN")
        Normalization normalizationType,

        @Doc("Whether the final norm is a root-mean-square norm.") @Default("false")
        boolean finalRms,

        @Doc("Placement of the norms in each block.") @Default("before")
        NormPlacement normPlacement,

        @Doc("How queries and keys are normalised.") @Default("none")
        QkNorm qkNorm,

        @Doc("Whether attention scores are divided by attn_scale.") @Default("true")
        boolean useAttnScale,

        @Doc("Attention scores are divided by this; -1 is the square root of d_head.") @Default("-1")
        double attnScale,

        @Doc("Whether attention scores of layer L are also divided by L + 1.") @Default("false")
        boolean scaleAttnByInverseLayerIdx,

        @Doc("Attention scores s become c tanh(s / c) before the mask, with this c; -1 for no cap.") @Default("-1")
        double attnScoresSoftCap,

        @Doc("Logits s become c tanh(s / c), with this c; -1 for no cap.") @Default("-1")
        double outputLogitsSoftCap,

        @Doc("The positional embedding.") @Default("standard")
        PositionalEmbedding positionalEmbeddingType,

        @Doc("How many dimensions of a head are rotated; -1 is all.") @Default("-1")
        int rotaryDim,

        @Doc("Base of the rotary frequencies.") @Default("10000")
        double rotaryBase,

        @Doc(
                "Base of the rotary frequencies of local layers, which are then not scaled; -1 for the base of the other layers.")
        @Default("-1")
        double rotaryBaseLocal,

        @Doc("Whether to rotate adjacent pairs (GPT-J) instead of halves (NeoX, Llama).") @Default("false")
        boolean rotaryAdjacentPairs,

        @Doc("How rotary positions are scaled.") @Default("none")
        RotaryScaling rotaryScaling,

        @Doc("The factor by which rotated queries and keys are multiplied.") @Default("1")
        double rotaryAttentionFactor,

        @Doc("No MLPs.") @Default("false") boolean attnOnly,

        @Doc("Whether the MLP is gated (GLU).") @Default("false")
        boolean gatedMlp,

        @Doc("Whether attention and MLP read the same residual stream (parallel).") @Default("false")
        boolean parallelAttnMlp,

        @Doc("Whether attention is causal or bidirectional.") @Default("causal")
        AttentionDirection attentionDir,

        @Doc("Number of key-value heads (grouped-query attention); -1 is n_heads.") @Default("-1")
        int nKeyValueHeads,

        @Doc("Whether some layers attend only window_size positions back.") @Default("false")
        boolean useLocalAttn,

        @Doc("Window of local layers in positions, including the current one; -1 for none.") @Default("-1")
        int windowSize,

        @Doc("global or local for each layer, where use_local_attn.") @Default("[]")
        List<AttentionSpan> attnTypes,

        @Doc("Standard deviation of the initial weights; -1 is 0.8 / root of d_model.") @Default("-1")
        double initializerRange) {

    public TransformerConfig {
        if (nHeads == -1 && dHead > 0) {
            nHeads = dModel / dHead;
        }
        if (dHead == -1 && nHeads > 0) {
            dHead = dModel / nHeads;
        }
        dMlp = attnOnly ? 0 : dMlp == -1 ? 4 * dModel : dMlp;
        dVocabOut = dVocabOut == -1 ? dVocab : dVocabOut;
        nKeyValueHeads = nKeyValueHeads == -1 ? nHeads : nKeyValueHeads;
        rotaryDim = positionalEmbeddingType != PositionalEmbedding.ROTARY ? 0 : rotaryDim == -1 ? dHead : rotaryDim;
        rotaryScaling =
                positionalEmbeddingType != PositionalEmbedding.ROTARY ? new RotaryScaling.None() : rotaryScaling;
        rotaryAttentionFactor = positionalEmbeddingType != PositionalEmbedding.ROTARY ? 1 : rotaryAttentionFactor;
        rotaryBaseLocal = positionalEmbeddingType != PositionalEmbedding.ROTARY || !useLocalAttn ? -1 : rotaryBaseLocal;
        normPlacement = normalizationType.isNone() ? NormPlacement.BEFORE : normPlacement;
        attnScale = !useAttnScale ? 1 : attnScale == -1 ? Math.sqrt(dHead) : attnScale;
        initializerRange = initializerRange == -1 ? 0.8 / Math.sqrt(dModel) : initializerRange;
        attnTypes = useLocalAttn ? List.copyOf(attnTypes) : List.of();
        windowSize = useLocalAttn ? windowSize : -1;
        // Attention-only models have no activation; one value keeps equal architectures equal.
        actFn = attnOnly ? Activation.RELU : actFn;
        gatedMlp = gatedMlp && !attnOnly;
        parallelAttnMlp = parallelAttnMlp && !attnOnly;
        ConfigChecks checks = new ConfigChecks();
        rotaryScaling.check(rotaryDim, checks);
        checks.range("n_layers", nLayers, 0, ConfigChecks.MOST_LAYERS)
                .range("d_model", dModel, 1, 1 << 20)
                .range("n_ctx", nCtx, 1, 1 << 24)
                .range("d_vocab", dVocab, 1, 1 << 24)
                .range("d_vocab_out", dVocabOut, 1, 1 << 24)
                .range("n_heads", nHeads, 1, 1 << 16)
                .range("d_head", dHead, 1, 1 << 16)
                .range("d_mlp", dMlp, attnOnly ? 0 : 1, 1 << 24)
                .range("n_key_value_heads", nKeyValueHeads, 1, Math.max(1, nHeads))
                .range("rotary_dim", rotaryDim, 0, dHead)
                .that(
                        nKeyValueHeads < 1 || nHeads % nKeyValueHeads == 0,
                        "n_heads must be a multiple of n_key_value_heads")
                .that(rotaryDim % 2 == 0, "rotary_dim must be even")
                .positive("eps", eps)
                .positive("attn_scale", attnScale)
                .positive("rotary_base", rotaryBase)
                .positiveOrNone("rotary_base_local", rotaryBaseLocal)
                .positiveOrNone("attn_scores_soft_cap", attnScoresSoftCap)
                .positiveOrNone("output_logits_soft_cap", outputLogitsSoftCap)
                .positive("rotary_attention_factor", rotaryAttentionFactor)
                .positive("initializer_range", initializerRange)
                .that(!useLocalAttn || windowSize >= 1, "use_local_attn needs a window_size from 1")
                .that(
                        !useLocalAttn || attnTypes.size() == nLayers,
                        "use_local_attn needs one attn_types entry per layer")
                .that(
                        !useLocalAttn || attentionDir == AttentionDirection.CAUSAL,
                        "use_local_attn needs causal attention")
                .done();
    }

    /** A configuration with every default; change it with {@link TransformerConfigBuilder}. */
    public static TransformerConfigBuilder builder(int nLayers, int dModel, int nCtx, int dVocab) {
        return new TransformerConfigBuilder(nLayers, dModel, nCtx, dVocab);
    }

    /** A builder that starts from this configuration. */
    public TransformerConfigBuilder with() {
        return new TransformerConfigBuilder(this);
    }

    /** What the scores of one layer are divided by. */
    public double scoreDivisor(int layer) {
        return scaleAttnByInverseLayerIdx ? attnScale * (layer + 1) : attnScale;
    }

    /** How many positions back a layer sees, its own included; {@link Integer#MAX_VALUE} where there is no limit. */
    public int window(int layer) {
        return !attnTypes.isEmpty() && attnTypes.get(layer) == AttentionSpan.LOCAL ? windowSize : Integer.MAX_VALUE;
    }

    /** The norm before the unembedding. */
    public Normalization finalNormalization() {
        return finalRms ? normalizationType.rootMeanSquare() : normalizationType;
    }

    /** The norm on what attention and MLP read. */
    public Normalization inputNormalization() {
        return normPlacement.before() ? normalizationType : Normalization.NONE;
    }

    /**
     * The norm on what attention and MLP write. Its gain cannot be folded: what it divides by depends on all that the matrix
     * before it writes.
     */
    public Normalization outputNormalization() {
        return normPlacement.after() ? normalizationType.unfolded() : Normalization.NONE;
    }

    /** How the rotary positions of a layer are turned. */
    public RotaryTurn rotaryTurn(int layer) {
        boolean local = rotaryBaseLocal != -1 && window(layer) != Integer.MAX_VALUE;
        return local
                ? new RotaryTurn(rotaryBaseLocal, new RotaryScaling.None(), 1)
                : new RotaryTurn(rotaryBase, rotaryScaling, rotaryAttentionFactor);
    }

    /** The norm inside the MLP: a LayerNorm, with gain and bias only where the others are LayerNorms with both. */
    public Normalization innerNormalization() {
        return normalizationType == Normalization.LN ? Normalization.LN : Normalization.LN_PRE;
    }

    /** Heads of queries, keys and values together: the columns of the packed matrix are this times d_head. */
    public int packedHeads() {
        return nHeads + 2 * nKeyValueHeads;
    }

    /** Parameters without embeddings, biases and norms: L (4 d d_head h + d d_mlp (2 + gated)), as TransformerLens counts. */
    public long parameters() {
        return (long) nLayers
                * (2L * dModel * dHead * (nHeads + nKeyValueHeads) + (long) dModel * dMlp * (gatedMlp ? 3 : 2));
    }

    /** The fields in which another architecture differs, as in {@code n_layers 2 against 4}. */
    public List<String> differences(TransformerConfig other) {
        List<String> out = new ArrayList<>();
        for (RecordComponent field : TransformerConfig.class.getRecordComponents()) {
            try {
                Object mine = field.getAccessor().invoke(this);
                Object its = field.getAccessor().invoke(other);
                if (!mine.equals(its)) {
                    out.add(field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) + " " + mine
                            + " against " + its);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record's own fields can be read", e);
            }
        }
        return out;
    }
}
