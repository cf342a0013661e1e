package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;

/** How the residual stream is normalised before it is read. */
public enum Normalization {
    @Key("none")
    @Doc("No normalisation.")
    NONE("none"),
    @Key("LN")
    @Doc("LayerNorm with gain and bias.")
    LN("LN"),
    @Key("LNPre")
    @Doc("LayerNorm without gain and bias, as folding leaves it.")
    LN_PRE("LNPre"),
    @Key("RMS")
    @Doc("Root-mean-square norm with gain.")
    RMS("RMS"),
    @Key("RMSPre")
    @Doc("Root-mean-square norm without gain.")
    RMS_PRE("RMSPre");

    private final String word;

    Normalization(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public boolean isNone() {
        return this == NONE;
    }

    /** Whether the mean is subtracted first. */
    public boolean centres() {
        return this == LN || this == LN_PRE;
    }

    public boolean hasGain() {
        return this == LN || this == RMS;
    }

    public boolean hasBias() {
        return this == LN;
    }

    /** The same norm once its gain and bias are folded into what reads it. */
    public Normalization folded() {
        return this == LN ? LN_PRE : this == RMS ? RMS_PRE : this;
    }

    /** The same norm with its gain, and bias if it is a LayerNorm. */
    public Normalization unfolded() {
        return this == LN_PRE ? LN : this == RMS_PRE ? RMS : this;
    }

    /** The root-mean-square kind with a gain where this one has a gain. */
    public Normalization rootMeanSquare() {
        return isNone() ? NONE : hasGain() ? RMS : RMS_PRE;
    }
}
