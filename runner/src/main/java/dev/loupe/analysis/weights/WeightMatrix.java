package dev.loupe.analysis.weights;

import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.Axis;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import java.util.ArrayList;
import java.util.List;

/** A weight matrix by its TransformerLens name; x multiplies it from the left. */
enum WeightMatrix {
    @Key("W_E")
    @Doc("Token embedding [token, d_model].")
    EMBED("embed.W_E"),
    @Key("W_pos")
    @Doc("Position embedding [pos, d_model].")
    POSITIONS("pos_embed.W_pos"),
    @Key("W_Q")
    @Doc("Queries [head, d_model, d_head].")
    QUERY("attn.W_Q"),
    @Key("W_K")
    @Doc("Keys [head, d_model, d_head]; repeated for grouped queries.")
    KEY("attn.W_K"),
    @Key("W_V")
    @Doc("Values [head, d_model, d_head]; repeated for grouped queries.")
    VALUE("attn.W_V"),
    @Key("W_O")
    @Doc("Output [head, d_head, d_model].")
    OUTPUT("attn.W_O"),
    @Key("W_in")
    @Doc("MLP input weights [d_model, neuron].")
    IN("mlp.W_in"),
    @Key("W_gate")
    @Doc("MLP gate weights [d_model, neuron].")
    GATE("mlp.W_gate"),
    @Key("W_out")
    @Doc("MLP output weights [neuron, d_model].")
    OUT("mlp.W_out"),
    @Key("W_U")
    @Doc("Unembedding [d_model, output_token].")
    UNEMBED("unembed.W_U");

    private final String tensor;

    WeightMatrix(String tensor) {
        this.tensor = tensor;
    }

    /** The name after `blocks.L.`, or the whole name outside the blocks. */
    String tensor() {
        return tensor;
    }

    boolean perLayer() {
        return tensor.startsWith("attn.") || tensor.startsWith("mlp.");
    }

    boolean perHead() {
        return tensor.startsWith("attn.");
    }

    /** Whether the planned model has it. */
    boolean in(Planning planning) {
        return switch (this) {
            case EMBED, UNEMBED -> planning.has(Site.EMBED);
            case POSITIONS -> planning.has(Site.POS_EMBED);
            case QUERY, KEY, VALUE, OUTPUT -> planning.has(Site.PATTERN);
            case IN, OUT -> planning.has(Site.MLP_POST);
            case GATE -> planning.has(Site.MLP_POST) && planning.model().shape().gated();
        };
    }

    /** Without the head axis. */
    List<Axis> axes(ModelShape s) {
        Axis model = Axis.counted("d_model", s.dModel());
        Axis own = switch (this) {
            case EMBED -> Axis.counted("token", s.vocabulary());
            case POSITIONS -> Axis.counted("pos", s.context());
            case QUERY, KEY, VALUE, OUTPUT -> Axis.counted("d_head", s.dHead());
            case IN, GATE, OUT -> Axis.counted("neuron", s.dMlp());
            case UNEMBED -> Axis.counted("output_token", s.outputs());
        };
        boolean writes = this == EMBED || this == POSITIONS || this == OUTPUT || this == OUT;
        return new ArrayList<>(writes ? List.of(own, model) : List.of(model, own));
    }
}
