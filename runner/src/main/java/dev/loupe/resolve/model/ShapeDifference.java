package dev.loupe.resolve.model;

import dev.loupe.plan.ask.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What a card says of a model's shape and its config.json says otherwise, by the names of a card's configuration. */
final class ShapeDifference {
    private static final List<Map.Entry<String, Function<ModelShape, Object>>> PARTS = List.of(
            Map.entry("n_layers", ModelShape::layers),
            Map.entry("d_model", ModelShape::dModel),
            Map.entry("n_heads", ModelShape::heads),
            Map.entry("n_key_value_heads", ModelShape::kvHeads),
            Map.entry("d_head", ModelShape::dHead),
            Map.entry("d_mlp", ModelShape::dMlp),
            Map.entry("d_vocab", ModelShape::vocabulary),
            Map.entry("n_ctx", ModelShape::context),
            Map.entry("attn_only", ModelShape::attentionOnly),
            Map.entry("gated_mlp", ModelShape::gated),
            Map.entry("parallel_attn_mlp", ModelShape::parallel),
            Map.entry(
                    "rotary positions", shape -> Objects.toString(shape.keys()).startsWith("ROT")),
            Map.entry("number of weights", ModelShape::parameters));

    private ShapeDifference() {}

    /** "d_mlp is 256 in the card and 128 in config.json, ...". */
    static String between(ModelShape card, ModelShape own) {
        List<String> different = new ArrayList<>();
        for (Map.Entry<String, Function<ModelShape, Object>> part : PARTS) {
            Object said = part.getValue().apply(card);
            Object is = part.getValue().apply(own);
            if (!said.equals(is)) {
                different.add(part.getKey() + " is " + said + " in the card and " + is + " in config.json");
            }
        }
        return different.isEmpty() ? "norms or soft-caps differ" : String.join(", ", different);
    }
}
