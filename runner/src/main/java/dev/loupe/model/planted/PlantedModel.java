package dev.loupe.model.planted;

import dev.loupe.model.config.TransformerConfig;
import java.util.Map;

/** A model whose weights are set by hand. */
public interface PlantedModel {
    TransformerConfig config();

    /** The weights by TransformerLens' names. */
    Map<String, float[]> weights();
}
