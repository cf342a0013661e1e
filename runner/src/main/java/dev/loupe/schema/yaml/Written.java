package dev.loupe.schema.yaml;

import dev.loupe.schema.problem.SourceLocation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds a mapping that no file holds yet. */
public final class Written {

    /** The place of nodes that were made from values. */
    public static final SourceLocation HERE = SourceLocation.start("resolved");

    private final Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();

    public void put(String key, YamlTree value) {
        entries.put(key, new YamlMap.Entry(key, HERE, value));
    }

    /** Adds all entries of another mapping. */
    public void putAll(YamlMap map) {
        entries.putAll(map.entries());
    }

    public YamlMap tree() {
        return new YamlMap(HERE, entries);
    }
}
