package dev.loupe.schema.yaml;

import dev.loupe.schema.problem.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping, in the order written.
 *
 * @param entries by key; a key is the text of a scalar
 */
public record YamlMap(SourceLocation mark, Map<String, Entry> entries) implements YamlTree {

    /** One key with its value. */
    public record Entry(String key, SourceLocation mark, YamlTree value) {}

    public YamlMap {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The value under a key, or null. */
    public @Nullable YamlTree get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The keys in the order written. */
    public Set<String> keys() {
        return entries.keySet();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** This mapping with one entry replaced in its place, or added at the end. */
    public YamlMap with(Entry entry) {
        Map<String, Entry> changed = new LinkedHashMap<>(entries);
        changed.put(entry.key(), entry);
        return new YamlMap(mark, changed);
    }

    /** This mapping without a key. */
    public YamlMap without(String key) {
        if (!has(key)) {
            return this;
        }
        Map<String, Entry> changed = new LinkedHashMap<>(entries);
        changed.remove(key);
        return new YamlMap(mark, changed);
    }

    /** This mapping with another key, in the place of one that it has; its marks stay. */
    public YamlMap renamed(String from, String to) {
        Map<String, Entry> changed = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            String name = key.equals(from) ? to : key;
            changed.put(name, new Entry(name, entry.mark(), entry.value()));
        });
        return new YamlMap(mark, changed);
    }

    /** This mapping without keys that have no value. */
    public YamlMap withoutNulls() {
        Map<String, Entry> changed = new LinkedHashMap<>(entries);
        changed.values().removeIf(entry -> entry.value().isNull());
        return new YamlMap(mark, changed);
    }

    @Override
    public YamlMap at(SourceLocation other) {
        Map<String, Entry> moved = new LinkedHashMap<>();
        entries.forEach((key, entry) ->
                moved.put(key, new Entry(key, other, entry.value().at(other))));
        return new YamlMap(other, moved);
    }

    @Override
    public String describe() {
        return "a mapping";
    }
}
