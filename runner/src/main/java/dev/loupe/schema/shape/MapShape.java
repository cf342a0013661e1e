package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values by name, in the order written; where allowed, a lone value is the one named {@code default}. */
final class MapShape implements YamlCodec {

    static final String LONE = "default";

    private final YamlCodec element;
    private final boolean orOne;

    MapShape(YamlCodec element, boolean orOne) {
        this.element = element;
        this.orOne = orOne;
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (orOne && !tree.isNull() && !(tree instanceof YamlMap written && names(written))) {
            String at = Binding.join(path, LONE);
            Object value = binding.part(element, tree, at);
            return value == null ? Map.of() : Map.of(LONE, value);
        }
        if (!(tree instanceof YamlMap map)) {
            binding.wrongType(tree, noun());
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (YamlMap.Entry entry : map.entries().values()) {
            String at = Binding.join(path, entry.key());
            Object value = binding.part(element, entry.value(), at);
            if (value != null) {
                values.put(entry.key(), value);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    @Override
    public Object standIn() {
        return Map.of();
    }

    YamlCodec element() {
        return element;
    }

    @Override
    public @Nullable YamlCodec inner(YamlMap map, String key) {
        return names(map) ? element : element.inner(map, key);
    }

    @Override
    public boolean replaces(YamlMap own, YamlMap below) {
        if (names(below)) {
            return orOne && element.fits(own);
        }
        // What is above may be a part of one value, with a misspelled key.
        boolean named = names(own) && own.entries().values().stream().anyMatch(entry -> element.fits(entry.value()));
        return named || element.replaces(own, below);
    }

    /** The names that a tree gives, whether or not their values are sound. */
    Set<String> namesIn(@Nullable YamlTree tree) {
        if (tree == null || tree.isNull()) {
            return Set.of();
        }
        return tree instanceof YamlMap map && names(map) ? map.keys() : orOne ? Set.of(LONE) : Set.of();
    }

    /** Whether the mapping gives names to values, and is no lone value. */
    boolean names(YamlMap map) {
        return !orOne || !LoneOrNamed.isLone(map, element);
    }

    @Override
    public YamlTree write(Object value) {
        Written map = new Written();
        ((Map<?, ?>) value).forEach((name, v) -> map.put((String) name, element.write(v)));
        return map.tree();
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        ObjectNode named = definitions.types("object");
        named.set("additionalProperties", element.schema(definitions));
        return orOne ? definitions.anyOf(element.schema(definitions), named) : named;
    }

    @Override
    public List<Class<?>> types() {
        return element.types();
    }

    @Override
    public String noun() {
        return orOne ? element.noun() + ", or a mapping of names to such" : "a mapping of names";
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlMap || orOne && element.fits(tree);
    }
}
