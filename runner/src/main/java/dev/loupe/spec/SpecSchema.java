package dev.loupe.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.JsonSchema;

/**
 * The JSON Schema of spec files: the bound spec, and the keys that are gone once a file is composed. A file that extends
 * another, or names a part's sibling, leaves out what it inherits, so an editor can only check what is written.
 */
public final class SpecSchema {
    private SpecSchema() {}

    public static ObjectNode of() {
        ObjectNode schema = JsonSchema.of(ExperimentSpec.class);
        ObjectNode root = body(schema);
        ObjectNode properties = root.withObject("/properties");
        properties
                .putObject("extends")
                .put("type", "string")
                .put("description", "Path of another spec, relative to this one, whose keys this spec inherits.");
        ObjectNode variants = properties.putObject("variants");
        variants.put("type", "object");
        variants.put(
                "description",
                "Variants by name. Each is merged into the spec key by key; lists are replaced, and `~` removes a "
                        + "key.");
        variants.putObject("additionalProperties").put("type", "object");
        return schema;
    }

    /** The root may be a reference to the definition of the spec. */
    private static ObjectNode body(ObjectNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.startsWith("#/") ? schema.withObject(reference.substring(1)) : schema;
    }
}
