package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a sealed interface, and what picks it. Without a discriminator the word is a key: the record's own
 * component of that key ({@code {ablate: attn.z, over: [layer]}}), or, where it has none, a key under which all its
 * options stand ({@code {mean: {of: repeats}}}).
 */
public record ChoiceCase(String word, @Nullable String discriminator, RecordShape shape) {

    /** The key that must be there. */
    String selector() {
        return discriminator == null ? word : discriminator;
    }

    /** All options stand under the word. */
    boolean nested() {
        return discriminator == null && !shape.parts().containsKey(word);
    }

    /** A lone scalar may stand for it. */
    public boolean lone() {
        return shape.allOptional();
    }

    /** Whether the mapping, in which the selector was found, has no key that is not known. */
    boolean fits(YamlMap map) {
        if (nested()) {
            return map.keys().size() == 1 && map.get(word) instanceof YamlMap inner && shape.fits(inner);
        }
        return shape.fits(map, selector());
    }

    @Nullable
    Object bind(YamlMap map, String path, Binding binding) {
        if (!nested()) {
            return shape.bind(map, path, binding, selector());
        }
        for (YamlMap.Entry entry : map.entries().values()) {
            if (entry.key().equals(word)) {
                continue;
            }
            String advice = shape.parts().containsKey(entry.key()) ? "; write it inside `" + word + "`" : "";
            String message = "unknown key `" + Binding.shorten(entry.key()) + "` beside `" + word + "`" + advice;
            binding.unknown(entry.mark(), "unknown-key", message);
        }
        YamlTree inner = map.get(word);
        if (inner == null) {
            throw new IllegalStateException("picked without its key");
        }
        String at = Binding.join(path, word);
        binding.marks.put(at, inner.mark());
        return shape.bind(inner, at, binding);
    }

    YamlMap write(Object value) {
        YamlMap options = shape.write(value);
        Written map = new Written();
        if (discriminator != null) {
            map.put(discriminator, YamlScalar.quoted(Written.HERE, word));
        } else if (nested()) {
            map.put(word, options);
            return map.tree();
        } else {
            // The key that picks the record comes first, and stands there even where it is null.
            YamlTree own = options.get(word);
            map.put(word, own == null ? YamlScalar.plain(Written.HERE, "null") : own);
            options = options.without(word);
        }
        map.putAll(options);
        return map.tree();
    }

    /** Options that a mapping lacks, and that must be written where the record stands inline in another. */
    List<RecordPart> missingInline(YamlMap map) {
        return nested() ? List.of() : new RequiredInline(shape.parts()).missingIn(map);
    }

    /** The schema with room for keys beside its own. */
    ObjectNode openSchema(Definitions definitions) {
        ObjectNode closed = nested()
                ? schema(definitions)
                : shape.body(definitions, selector(), discriminator == null ? null : word);
        closed.remove("additionalProperties");
        if (!nested()) {
            new RequiredInline(shape.parts()).addTo(closed, definitions);
        }
        return closed;
    }

    ObjectNode schema(Definitions definitions) {
        if (nested()) {
            ObjectNode outer = definitions.types("object");
            ObjectNode inner = definitions.described(shape.schema(definitions), YamlWords.doc(shape.type()));
            outer.putObject("properties").set(word, inner);
            outer.putArray("required").add(word);
            return outer.put("additionalProperties", false);
        }
        String fixed = discriminator == null ? null : word;
        String role = discriminator == null ? "by key" : "by " + discriminator;
        return definitions.reference(shape.type(), role, () -> shape.body(definitions, selector(), fixed));
    }
}
