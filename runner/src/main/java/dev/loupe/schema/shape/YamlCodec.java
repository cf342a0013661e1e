package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the values of one Java type are written in YAML: reading, writing and describing them stay together. */
public interface YamlCodec {

    /**
     * The value. Where a problem was noted it is as much of what was meant as is known, so that more can be checked, or null
     * where nothing is.
     */
    @Nullable
    Object bind(YamlTree tree, String path, Binding binding);

    /** What may take the place of a needed value that is not known, so that what stands beside it is checked; or null. */
    default @Nullable Object standIn() {
        return null;
    }

    /** The value as YAML, in its long form. */
    YamlTree write(Object value);

    /** The JSON Schema of what {@link #bind} takes, short forms included. */
    ObjectNode schema(Definitions definitions);

    /** The same for an {@link Inline} part: further keys may stand beside its own. */
    default ObjectNode openSchema(Definitions definitions) {
        return schema(definitions);
    }

    /** What is expected, for messages: {@code a whole number}. */
    String noun();

    /** The records, sealed interfaces and enums that a value may be of: what a reference page explains under its own name. */
    default List<Class<?>> types() {
        return List.of();
    }

    /** Whether a tree looks like a value of this shape, judged by its keys and words alone. */
    boolean fits(YamlTree tree);

    /** The keys whose presence says that a mapping is meant as one value of this shape. */
    default Set<String> selectors() {
        return Set.of();
    }

    /** All keys that a mapping of this shape may have. */
    default Set<String> keys() {
        return selectors();
    }

    /** The option under a key of a mapping, null where there is no such option. */
    default @Nullable RecordPart part(YamlMap map, String key) {
        return null;
    }

    /** The shape of the value under a key of a mapping, null where it is not known. */
    default @Nullable YamlCodec inner(YamlMap map, String key) {
        RecordPart part = part(map, key);
        return part == null ? null : part.shape();
    }

    /** The word of what a mapping picks, null where it picks nothing, or more than one. */
    default @Nullable String word(YamlMap map) {
        return null;
    }

    /** Options that a mapping lacks, and that what it picks must have where it stands {@link Inline} in another record. */
    default List<RecordPart> missingInline(YamlMap map) {
        return List.of();
    }

    /** Whether a mapping picks another kind of thing than the one below it, so that it replaces it instead of being merged with it. */
    default boolean replaces(YamlMap own, YamlMap below) {
        return false;
    }

    /** Those of {@link #keys()} that go with what a mapping picks; none where nothing is picked that could be. */
    default Set<String> keysBeside(YamlMap map) {
        return keys();
    }
}
