package dev.loupe.intervention.select;

import dev.loupe.schema.annotation.Doc;

/** Axes that an intervention sweeps. */
public enum SweepAxis {
    @Doc("The layer.")
    LAYER,
    @Doc("The head. At `attn.k` and `attn.v`, the key-value head, on an axis `kv_head` if heads share keys and values.")
    HEAD,
    @Doc("The neuron, at `mlp.pre` and `mlp.post`.")
    NEURON,
    @Doc("The feature of a dictionary, at `dictionary.features`.")
    FEATURE,
    @Doc("The position; at `attn.pattern`, the query position.")
    POS,
    @Doc("The query position of an attention pattern.")
    DEST,
    @Doc("The key position of an attention pattern.")
    SRC,
    @Doc("The names of `at`, one at a time.")
    POSITION
}
