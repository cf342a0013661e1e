package dev.loupe.schema;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds a mapping that no file holds yet. */
final class Written {

    /** The place of nodes that were made from values. */
    static final Mark HERE = Mark.start("resolved");

    private final Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();

    void put(String key, YamlTree value) {
        entries.put(key, new YamlMap.Entry(key, HERE, value));
    }

    /** Adds all entries of another mapping. */
    void putAll(YamlMap map) {
        entries.putAll(map.entries());
    }

    YamlMap tree() {
        return new YamlMap(HERE, entries);
    }
}
