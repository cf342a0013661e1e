package dev.loupe.model.card;

import dev.loupe.schema.annotation.Doc;

/** What kind of network a card describes; the key says which. */
@Doc("The kind of network and its shape")
public sealed interface Architecture permits TransformerArchitecture, ToyArchitecture {}
