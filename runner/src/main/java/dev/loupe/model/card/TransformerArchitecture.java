package dev.loupe.model.card;

import dev.loupe.model.TransformerConfig;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Key;
import dev.loupe.schema.Named;

/** A transformer. */
@Named("transformer")
@Doc("A decoder transformer in TransformerLens' field names")
@Example("transformer: {n_layers: 2, d_model: 64, n_ctx: 32, d_vocab: 31, n_heads: 4, attn_only: true}")
public record TransformerArchitecture(
        @Key("transformer") @Doc("Its shape") TransformerConfig config) implements Architecture {}
