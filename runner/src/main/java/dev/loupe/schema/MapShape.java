package dev.loupe.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by name, in the order written; where allowed, a lone value is the one named {@code default}. */
final class MapShape implements Shape {

    static final String LONE = "default";

    private final Shape element;
    private final boolean orOne;

    MapShape(Shape element, boolean orOne) {
        this.element = element;
        this.orOne = orOne;
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (orOne && !tree.isNull() && !(tree instanceof YamlMap written && names(written))) {
            String at = Binding.join(path, LONE);
            binding.marks.put(at, tree.mark());
            Object value = element.bind(tree, at, binding);
            return value == null ? null : Map.of(LONE, value);
        }
        if (!(tree instanceof YamlMap map)) {
            binding.wrongType(tree, noun());
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (YamlMap.Entry entry : map.entries().values()) {
            String at = Binding.join(path, entry.key());
            binding.marks.put(at, entry.value().mark());
            Object value = element.bind(entry.value(), at, binding);
            if (value != null) {
                values.put(entry.key(), value);
            }
        }
        return values.size() == map.entries().size() ? Collections.unmodifiableMap(values) : null;
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
    public String noun() {
        return orOne ? element.noun() + ", or a mapping of names to such" : "a mapping of names";
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlMap || orOne && element.fits(tree);
    }
}
