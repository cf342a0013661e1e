package dev.loupe.schema.compose;

import dev.loupe.schema.shape.YamlCodec;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mapping over another: keys of both are merged where both values are mappings of one kind, and otherwise taken from the
 * upper one; lists and scalars replace, and a key without a value ({@code name: ~}) takes the base's away. Every node keeps
 * its own mark; the mapping's mark is the upper one's.
 */
final class Merge {

    private Merge() {}

    /** @param codec what the mappings are, which decides what is of one kind; null where nothing is known of it */
    static YamlMap over(YamlMap own, YamlMap base, @Nullable YamlCodec codec) {
        Map<String, YamlMap.Entry> merged = new LinkedHashMap<>(base.entries());
        for (YamlMap.Entry entry : own.entries().values()) {
            YamlMap.Entry below = merged.get(entry.key());
            if (below != null && entry.value().isNull()) {
                merged.remove(entry.key());
                continue;
            }
            YamlTree value = entry.value();
            if (below != null && value instanceof YamlMap upper && below.value() instanceof YamlMap lower) {
                YamlCodec inner = codec == null ? null : codec.inner(base, entry.key());
                value = inner != null && inner.replaces(upper, lower)
                        ? withoutRemovals(upper, lower)
                        : over(upper, lower, inner);
            }
            merged.put(entry.key(), new YamlMap.Entry(entry.key(), entry.mark(), value));
        }
        return new YamlMap(own.mark(), merged);
    }

    /** A mapping without the keys that say that the base's are taken away. */
    private static YamlMap withoutRemovals(YamlMap own, YamlMap base) {
        YamlMap left = own;
        for (YamlMap.Entry entry : own.entries().values()) {
            left = entry.value().isNull() && base.has(entry.key()) ? left.without(entry.key()) : left;
        }
        return left;
    }
}
