package dev.loupe.model.weights;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.schema.annotation.Doc;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes of weights that leave a model's predictions as they are. Always done in this order. */
public enum Processing {
    @Doc(
            "Fold the gain and bias of each norm into the weights that read it. Norms on what attention and MLP write keep "
                    + "their gain: nothing reads their value alone.")
    FOLD_LN("fold-ln"),
    @Doc(
            "Centre all weights that write to the residual stream (models whose only norms are LayerNorms on what is read; no "
                    + "effect on others).")
    CENTER_WRITING("center-writing"),
    @Doc(
            "Centre the unembedding over the vocabulary: changes logits by a constant per position. No effect on models that "
                    + "cap their logits, whose probabilities it would change.")
    CENTER_UNEMBED("center-unembed"),
    @Doc("Fold the value biases into the attention output bias.")
    FOLD_VALUE_BIASES("fold-value-biases"),
    @Doc("Rotate the order of heads in each layer by one (with their key-value heads in grouped-query attention).")
    ROTATE_HEADS("rotate-heads");

    private final String word;

    Processing(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The steps that TransformerLens takes by default when it loads a model. */
    public static Set<Processing> ofTransformerLens() {
        return EnumSet.range(FOLD_LN, FOLD_VALUE_BIASES);
    }

    public static @Nullable Processing named(String word) {
        for (Processing p : values()) {
            if (p.word.equals(word)) {
                return p;
            }
        }
        return null;
    }

    /** Whether it does anything to a model of this configuration. */
    public boolean appliesTo(TransformerConfig config) {
        return switch (this) {
            case FOLD_LN -> config.normalizationType().hasGain();
            case CENTER_WRITING ->
                config.normalizationType().centres()
                        && !config.finalRms()
                        && !config.normPlacement().after();
            case CENTER_UNEMBED -> config.outputLogitsSoftCap() == -1;
            case FOLD_VALUE_BIASES, ROTATE_HEADS -> true;
        };
    }
}
