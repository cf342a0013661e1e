package dev.loupe.model.config;

import java.util.List;

/** Sets single fields of a {@link TransformerConfig}; what is not set keeps its default or the value it started from. */
public final class TransformerConfigBuilder {
    private int nLayers;
    private int dModel;
    private int nCtx;
    private int dVocab;
    private int nHeads = -1;
    private int dHead = -1;
    private int dMlp = -1;
    private int dVocabOut = -1;
    private Activation actFn = Activation.RELU;
    private double eps = 1e-5;
    private Normalization normalizationType = Normalization.LN;
    private boolean finalRms = false;
    private NormPlacement normPlacement = NormPlacement.BEFORE;
    private QkNorm qkNorm = QkNorm.NONE;
    private boolean useAttnScale = true;
    private double attnScale = -1;
    private boolean scaleAttnByInverseLayerIdx = false;
    private double attnScoresSoftCap = -1;
    private double outputLogitsSoftCap = -1;
    private PositionalEmbedding positionalEmbeddingType = PositionalEmbedding.STANDARD;
    private int rotaryDim = -1;
    private double rotaryBase = 10000;
    private double rotaryBaseLocal = -1;
    private boolean rotaryAdjacentPairs = false;
    private RotaryScaling rotaryScaling = new RotaryScaling.None();
    private double rotaryAttentionFactor = 1;
    private boolean attnOnly = false;
    private boolean gatedMlp = false;
    private boolean parallelAttnMlp = false;
    private AttentionDirection attentionDir = AttentionDirection.CAUSAL;
    private int nKeyValueHeads = -1;
    private boolean useLocalAttn = false;
    private int windowSize = -1;
    private List<AttentionSpan> attnTypes = List.of();
    private double initializerRange = -1;

    TransformerConfigBuilder(int nLayers, int dModel, int nCtx, int dVocab) {
        this.nLayers = nLayers;
        this.dModel = dModel;
        this.nCtx = nCtx;
        this.dVocab = dVocab;
    }

    TransformerConfigBuilder(TransformerConfig from) {
        nLayers = from.nLayers();
        dModel = from.dModel();
        nCtx = from.nCtx();
        dVocab = from.dVocab();
        nHeads = from.nHeads();
        dHead = from.dHead();
        dMlp = from.dMlp();
        dVocabOut = from.dVocabOut();
        actFn = from.actFn();
        eps = from.eps();
        normalizationType = from.normalizationType();
        finalRms = from.finalRms();
        normPlacement = from.normPlacement();
        qkNorm = from.qkNorm();
        useAttnScale = from.useAttnScale();
        attnScale = from.attnScale();
        scaleAttnByInverseLayerIdx = from.scaleAttnByInverseLayerIdx();
        attnScoresSoftCap = from.attnScoresSoftCap();
        outputLogitsSoftCap = from.outputLogitsSoftCap();
        positionalEmbeddingType = from.positionalEmbeddingType();
        rotaryDim = from.rotaryDim();
        rotaryBase = from.rotaryBase();
        rotaryBaseLocal = from.rotaryBaseLocal();
        rotaryAdjacentPairs = from.rotaryAdjacentPairs();
        rotaryScaling = from.rotaryScaling();
        rotaryAttentionFactor = from.rotaryAttentionFactor();
        attnOnly = from.attnOnly();
        gatedMlp = from.gatedMlp();
        parallelAttnMlp = from.parallelAttnMlp();
        attentionDir = from.attentionDir();
        nKeyValueHeads = from.nKeyValueHeads();
        useLocalAttn = from.useLocalAttn();
        windowSize = from.windowSize();
        attnTypes = from.attnTypes();
        initializerRange = from.initializerRange();
    }

    public TransformerConfigBuilder nLayers(int value) {
        nLayers = value;
        return this;
    }

    public TransformerConfigBuilder dModel(int value) {
        dModel = value;
        return this;
    }

    public TransformerConfigBuilder nCtx(int value) {
        nCtx = value;
        return this;
    }

    public TransformerConfigBuilder dVocab(int value) {
        dVocab = value;
        return this;
    }

    public TransformerConfigBuilder nHeads(int value) {
        nHeads = value;
        return this;
    }

    public TransformerConfigBuilder dHead(int value) {
        dHead = value;
        return this;
    }

    public TransformerConfigBuilder dMlp(int value) {
        dMlp = value;
        return this;
    }

    public TransformerConfigBuilder dVocabOut(int value) {
        dVocabOut = value;
        return this;
    }

    public TransformerConfigBuilder actFn(Activation value) {
        actFn = value;
        return this;
    }

    public TransformerConfigBuilder eps(double value) {
        eps = value;
        return this;
    }

    public TransformerConfigBuilder normalizationType(Normalization value) {
        normalizationType = value;
        return this;
    }

    public TransformerConfigBuilder finalRms(boolean value) {
        finalRms = value;
        return this;
    }

    public TransformerConfigBuilder normPlacement(NormPlacement value) {
        normPlacement = value;
        return this;
    }

    public TransformerConfigBuilder qkNorm(QkNorm value) {
        qkNorm = value;
        return this;
    }

    public TransformerConfigBuilder useAttnScale(boolean value) {
        useAttnScale = value;
        return this;
    }

    public TransformerConfigBuilder attnScale(double value) {
        attnScale = value;
        return this;
    }

    public TransformerConfigBuilder scaleAttnByInverseLayerIdx(boolean value) {
        scaleAttnByInverseLayerIdx = value;
        return this;
    }

    public TransformerConfigBuilder attnScoresSoftCap(double value) {
        attnScoresSoftCap = value;
        return this;
    }

    public TransformerConfigBuilder outputLogitsSoftCap(double value) {
        outputLogitsSoftCap = value;
        return this;
    }

    public TransformerConfigBuilder positionalEmbeddingType(PositionalEmbedding value) {
        positionalEmbeddingType = value;
        return this;
    }

    public TransformerConfigBuilder rotaryDim(int value) {
        rotaryDim = value;
        return this;
    }

    public TransformerConfigBuilder rotaryBase(double value) {
        rotaryBase = value;
        return this;
    }

    public TransformerConfigBuilder rotaryBaseLocal(double value) {
        rotaryBaseLocal = value;
        return this;
    }

    public TransformerConfigBuilder rotaryAdjacentPairs(boolean value) {
        rotaryAdjacentPairs = value;
        return this;
    }

    public TransformerConfigBuilder rotaryScaling(RotaryScaling value) {
        rotaryScaling = value;
        return this;
    }

    public TransformerConfigBuilder rotaryAttentionFactor(double value) {
        rotaryAttentionFactor = value;
        return this;
    }

    public TransformerConfigBuilder attnOnly(boolean value) {
        attnOnly = value;
        return this;
    }

    public TransformerConfigBuilder gatedMlp(boolean value) {
        gatedMlp = value;
        return this;
    }

    public TransformerConfigBuilder parallelAttnMlp(boolean value) {
        parallelAttnMlp = value;
        return this;
    }

    public TransformerConfigBuilder attentionDir(AttentionDirection value) {
        attentionDir = value;
        return this;
    }

    public TransformerConfigBuilder nKeyValueHeads(int value) {
        nKeyValueHeads = value;
        return this;
    }

    public TransformerConfigBuilder useLocalAttn(boolean value) {
        useLocalAttn = value;
        return this;
    }

    public TransformerConfigBuilder windowSize(int value) {
        windowSize = value;
        return this;
    }

    public TransformerConfigBuilder attnTypes(List<AttentionSpan> value) {
        attnTypes = value;
        return this;
    }

    public TransformerConfigBuilder initializerRange(double value) {
        initializerRange = value;
        return this;
    }

    /** @throws ConfigException where the values contradict each other */
    public TransformerConfig build() {
        return new TransformerConfig(
                nLayers,
                dModel,
                nCtx,
                dVocab,
                nHeads,
                dHead,
                dMlp,
                dVocabOut,
                actFn,
                eps,
                normalizationType,
                finalRms,
                normPlacement,
                qkNorm,
                useAttnScale,
                attnScale,
                scaleAttnByInverseLayerIdx,
                attnScoresSoftCap,
                outputLogitsSoftCap,
                positionalEmbeddingType,
                rotaryDim,
                rotaryBase,
                rotaryBaseLocal,
                rotaryAdjacentPairs,
                rotaryScaling,
                rotaryAttentionFactor,
                attnOnly,
                gatedMlp,
                parallelAttnMlp,
                attentionDir,
                nKeyValueHeads,
                useLocalAttn,
                windowSize,
                attnTypes,
                initializerRange);
    }
}
