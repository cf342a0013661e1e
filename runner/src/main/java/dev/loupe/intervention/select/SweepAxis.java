package dev.loupe.intervention.select;

import dev.loupe.schema.annotation.Doc;

/** Axes that an intervention sweeps. */
public enum SweepAxis {
    @Doc("The block.")
    LAYER,
    @Doc("The head. At `attn.k` and `attn.v` the key-value head: on an axis `kv_head` where several heads share one.")
    HEAD,
    @Doc("The neuron, at `mlp.pre` and `mlp.post`.")
    NEURON,
    @Doc("The position; at `attn.pattern` that of the query.")
    POS,
    @Doc("The position of the query of an attention pattern.")
    DEST,
    @Doc("The position of the key of an attention pattern.")
    SRC,
    @Doc("The names of `at` by turns.")
    POSITION
}
