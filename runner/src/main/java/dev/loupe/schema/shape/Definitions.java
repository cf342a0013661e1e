package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The named parts of one JSON Schema, and the small nodes it is built from. */
public final class Definitions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, String> names = new HashMap<>();
    private final Map<String, ObjectNode> bodies = new TreeMap<>();

    public ObjectNode node() {
        return JSON.objectNode();
    }

    /** A schema of one or more JSON types. */
    ObjectNode types(String... types) {
        ObjectNode schema = node();
        if (types.length == 1) {
            return schema.put("type", types[0]);
        }
        ArrayNode all = schema.putArray("type");
        for (String type : types) {
            all.add(type);
        }
        return schema;
    }

    /** A schema of one text. */
    ObjectNode word(String word) {
        return node().put("const", word);
    }

    ObjectNode anyOf(ObjectNode... options) {
        ObjectNode schema = node();
        ArrayNode all = schema.putArray("anyOf");
        for (ObjectNode option : options) {
            all.add(option);
        }
        return schema;
    }

    /** Adds a description, in the plain form and in that which editors render as Markdown. */
    ObjectNode described(ObjectNode schema, String doc) {
        if (!doc.isEmpty()) {
            schema.put("description", doc);
            schema.put("markdownDescription", doc);
        }
        return schema;
    }

    /** A reference to the definition of a type, made at its first use. */
    ObjectNode reference(Class<?> type, String role, Supplier<ObjectNode> body) {
        String identity = type.getName() + " " + role;
        String name = names.get(identity);
        if (name == null) {
            name = free(type.getSimpleName() + (role.isEmpty() ? "" : " " + role).replace(' ', '-'));
            names.put(identity, name);
            bodies.put(name, node());
            bodies.put(name, body.get());
        }
        return node().put("$ref", "#/$defs/" + name);
    }

    private String free(String wanted) {
        String name = wanted;
        for (int i = 2; bodies.containsKey(name); i++) {
            name = wanted + "-" + i;
        }
        return name;
    }

    /** All definitions, by name. */
    public ObjectNode all() {
        ObjectNode all = node();
        bodies.forEach(all::set);
        return all;
    }

    /** A tree as JSON. */
    JsonNode json(YamlTree tree) {
        if (tree instanceof YamlMap map) {
            ObjectNode object = node();
            map.entries().values().forEach(entry -> object.set(entry.key(), json(entry.value())));
            return object;
        }
        if (tree instanceof YamlList list) {
            ArrayNode array = JSON.arrayNode();
            list.items().forEach(item -> array.add(json(item)));
            return array;
        }
        YamlScalar scalar = (YamlScalar) tree;
        return switch (scalar.kind()) {
            case NULL -> JSON.nullNode();
            case BOOLEAN -> JSON.booleanNode(scalar.text().equals("true"));
            case INTEGER -> JSON.numberNode(new java.math.BigInteger(scalar.text()));
            case NUMBER -> JSON.numberNode(Double.parseDouble(scalar.text()));
            case TEXT -> JSON.textNode(scalar.text());
        };
    }
}
