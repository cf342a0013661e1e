package dev.loupe.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.shape.Definitions;
import dev.loupe.schema.shape.YamlCodecs;

/** The JSON Schema (2020-12) of what {@link Binder} takes for a type: for completion and hover in editors. */
public final class JsonSchema {

    private JsonSchema() {}

    /** The schema of a record or a sealed interface of records, each in {@code $defs} once. */
    public static ObjectNode of(Class<?> type) {
        Definitions definitions = new Definitions();
        ObjectNode root = new YamlCodecs().of(type).schema(definitions);
        ObjectNode schema = definitions.node();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.setAll(root);
        schema.set("$defs", definitions.all());
        return schema;
    }
}
