package dev.loupe.model.card;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;

/** A transformer. */
@Named("transformer")
@Doc("A decoder transformer, configured by TransformerLens field names")
@Example("transformer: {n_layers: 2, d_model: 64, n_ctx: 32, d_vocab: 31, n_heads: 4, attn_only: true}")
public record TransformerArchitecture(
        @Key("transformer") @Doc("Its configuration") TransformerConfig config) implements Architecture {}
