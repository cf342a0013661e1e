package dev.loupe.schema;

import dev.loupe.schema.shape.YamlCodecs;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.schema.yaml.YamlWriter;

/** A bound record as YAML: long forms, every default filled in, keys in the order of the record. Binds to an equal one. */
public final class ResolvedYaml {

    private ResolvedYaml() {}

    /**
     * The record as text.
     *
     * @throws IllegalArgumentException where it holds what YAML cannot carry here (NaN, NUL, half a surrogate pair)
     */
    public static String of(Object record) {
        return YamlWriter.write(tree(record, record.getClass()));
    }

    /** The record as a tree, as a value of a type that it belongs to (a sealed interface names the record it picks). */
    public static YamlTree tree(Object value, Class<?> type) {
        return new YamlCodecs().of(type).write(value);
    }
}
