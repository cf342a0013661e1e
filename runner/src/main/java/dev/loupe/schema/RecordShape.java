package dev.loupe.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.UserInputException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A record: a mapping with one key for each component. */
final class RecordShape implements Shape {

    private final Class<?> type;
    private final Shapes shapes;
    private @Nullable Map<String, RecordPart> parts;

    RecordShape(Class<?> type, Shapes shapes) {
        this.type = type;
        this.shapes = shapes;
    }

    Class<?> type() {
        return type;
    }

    /** By key; found late, because a record may hold itself. */
    Map<String, RecordPart> parts() {
        Map<String, RecordPart> found = parts;
        if (found == null) {
            found = new LinkedHashMap<>();
            boolean snake = type.isAnnotationPresent(SnakeKeys.class);
            for (RecordComponent component : type.getRecordComponents()) {
                RecordPart part = RecordPart.of(component, snake, shapes);
                if (found.put(part.key(), part) != null) {
                    throw new IllegalStateException("two components of " + type.getName() + " are " + part.key());
                }
            }
            parts = found;
        }
        return found;
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (!(tree instanceof YamlMap map)) {
            binding.wrongType(tree, noun());
            return null;
        }
        return bind(map, path, binding, null);
    }

    /**
     * Binds a mapping.
     *
     * @param selector a key that is there to pick this record and need not be one of its own, or null
     */
    @Nullable
    Object bind(YamlMap map, String path, Binding binding, @Nullable String selector) {
        Set<String> meant = new HashSet<>();
        boolean sound = refuseUnknown(map, binding, selector, meant);
        sound &= new IgnoredOptions(parts()).refuse(map, binding);
        List<String> missing = new ArrayList<>();
        List<@Nullable Object> arguments = new ArrayList<>();
        for (RecordPart part : parts().values()) {
            if (part.inline()) {
                // Where the key that picks it was misspelled, that has been said.
                boolean told = meant.stream().anyMatch(part.shape().selectors()::contains);
                Object value = told ? null : part.shape().bind(inlineOf(map, part, selector), path, binding);
                sound &= value != null;
                arguments.add(value);
                continue;
            }
            String at = Binding.join(path, part.key());
            YamlMap.Entry entry = map.entries().get(part.key());
            if (entry != null && !(entry.value().isNull() && part.nullable())) {
                binding.marks.put(at, entry.value().mark());
                Object value = part.shape().bind(entry.value(), at, binding);
                sound &= value != null;
                arguments.add(value);
            } else if (entry == null && part.defaultYaml() != null) {
                arguments.add(part.bindDefault(map.mark(), at, binding));
            } else {
                arguments.add(null);
                // A key that was misspelled is reported once, where it stands.
                if (!part.nullable() && !meant.contains(part.key())) {
                    missing.add(part.key());
                }
            }
        }
        if (!missing.isEmpty()) {
            reportMissing(map, missing, binding);
            return null;
        }
        return sound ? construct(arguments, map.mark(), binding) : null;
    }

    /** What belongs to the inline part: the keys that are its own and not the record's. */
    private YamlMap inlineOf(YamlMap map, RecordPart inline, @Nullable String selector) {
        YamlMap left = map;
        for (String key : map.keys()) {
            if (own(key) || key.equals(selector) || !inline.shape().keys().contains(key)) {
                left = left.without(key);
            }
        }
        return left;
    }

    private boolean own(String key) {
        RecordPart part = parts().get(key);
        return part != null && !part.inline();
    }

    private boolean hasInline() {
        return parts().values().stream().anyMatch(RecordPart::inline);
    }

    private boolean refuseUnknown(YamlMap map, Binding binding, @Nullable String selector, Set<String> meant) {
        boolean sound = true;
        Set<String> all = keys();
        for (YamlMap.Entry entry : map.entries().values()) {
            if (all.contains(entry.key()) || entry.key().equals(selector)) {
                continue;
            }
            sound = false;
            Set<String> free = new TreeSet<>(all);
            free.removeAll(map.keys());
            String nearest = Nearest.to(entry.key(), free);
            if (nearest != null) {
                meant.add(nearest);
            } else {
                // In a variant the key that was meant may stand in the base.
                nearest = Nearest.to(entry.key(), all);
            }
            Set<String> fitting = keysBeside(map);
            String known = nearest != null || fitting.isEmpty() ? "" : "; known: " + String.join(", ", fitting);
            String message = "unknown key `" + Binding.shorten(entry.key()) + "` in " + called() + known;
            binding.problems.add(entry.mark(), "unknown-key", message, nearest);
        }
        return sound;
    }

    private void reportMissing(YamlMap map, List<String> missing, Binding binding) {
        List<String> listed = new ArrayList<>();
        for (String key : missing) {
            RecordPart part = parts().get(key);
            listed.add(
                    "`" + key + "`" + (part == null ? "" : " (" + part.shape().noun() + ")"));
        }
        binding.problems.add(map.mark(), "missing-key", called() + " needs " + String.join(" and ", listed));
    }

    /** Binds a word that stands for the record with every option at its default. */
    @Nullable
    Object bindDefaults(YamlScalar word, String path, Binding binding) {
        return bind(new YamlMap(word.mark(), Map.of()), path, binding, null);
    }

    boolean allOptional() {
        return parts().values().stream().allMatch(RecordPart::optional);
    }

    private @Nullable Object construct(List<@Nullable Object> arguments, Mark mark, Binding binding) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof RuntimeException cause)
                    || !(cause instanceof IllegalArgumentException || cause instanceof UserInputException)) {
                throw new IllegalStateException("the constructor of " + type.getName() + " failed", e.getCause());
            }
            String message = cause.getMessage() == null ? "refused by " + called() : cause.getMessage();
            binding.problems.add(mark, "invalid-value", message);
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public YamlMap write(Object value) {
        Written map = new Written();
        for (RecordPart part : parts().values()) {
            Object component = part.read(value);
            if (component != null && part.inline() && part.shape().write(component) instanceof YamlMap inner) {
                map.putAll(inner);
            } else if (component != null) {
                map.put(part.key(), part.shape().write(component));
            } else if (part.defaultYaml() != null) {
                map.put(part.key(), YamlScalar.plain(Written.HERE, "null"));
            }
        }
        IgnoredOptions ignored = new IgnoredOptions(parts());
        YamlMap written = map.tree();
        YamlMap all = written;
        for (RecordPart part : parts().values()) {
            written = part.inline() || ignored.effective(part, all) ? written : written.without(part.key());
        }
        return written;
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        return definitions.reference(type, "", () -> body(definitions, null, null));
    }

    /**
     * The schema of the mapping itself.
     *
     * @param selector a key that must be there to pick the record, or null
     * @param word the only value of that key, or null where the key is one of the record's own
     */
    ObjectNode body(Definitions definitions, @Nullable String selector, @Nullable String word) {
        ObjectNode schema = definitions.described(definitions.types("object"), Words.doc(type));
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        if (selector != null) {
            required.add(selector);
            if (word != null) {
                properties.set(selector, definitions.described(definitions.word(word), Words.doc(type)));
            }
        }
        for (RecordPart part : parts().values()) {
            if (part.inline()) {
                continue;
            }
            if (!part.key().equals(selector) || word == null) {
                properties.set(part.key(), part.schema(definitions));
            }
            if (!part.optional() && !part.key().equals(selector)) {
                required.add(part.key());
            }
        }
        if (hasInline()) {
            schema.put("unevaluatedProperties", false);
            for (RecordPart part : parts().values()) {
                if (part.inline()) {
                    schema.withArray("allOf").add(part.shape().openSchema(definitions));
                }
            }
            return schema;
        }
        return schema.put("additionalProperties", false);
    }

    /** The record's name in messages. */
    String called() {
        return "`" + Words.of(type) + "`";
    }

    @Override
    public String noun() {
        return "a mapping with " + String.join(", ", keys());
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlMap map && fits(map, null);
    }

    /** Whether all keys are known, none that is needed is missing, and mappings stand only where they may. */
    boolean fits(YamlMap map, @Nullable String selector) {
        return keys().containsAll(map.without(selector == null ? "" : selector).keys())
                && parts().values().stream()
                        .allMatch(part -> part.inline()
                                ? part.shape().fits(inlineOf(map, part, selector))
                                : mayHold(part, map.get(part.key())));
    }

    private static boolean mayHold(RecordPart part, @Nullable YamlTree value) {
        if (value == null) {
            return part.optional();
        }
        return !(value instanceof YamlMap) || part.shape().fits(value);
    }

    @Override
    public Set<String> selectors() {
        return hasInline() ? gathered(Shape::selectors, false) : parts().keySet();
    }

    @Override
    public Set<String> keys() {
        return hasInline() ? gathered(Shape::keys, true) : parts().keySet();
    }

    /** None where what stands inline is not picked: then that is told, with all that could be. */
    @Override
    public Set<String> keysBeside(YamlMap map) {
        if (!hasInline()) {
            return keys();
        }
        Set<String> keys = new LinkedHashSet<>();
        for (RecordPart part : parts().values()) {
            Set<String> more = part.inline() ? part.shape().keysBeside(map) : Set.of(part.key());
            if (more.isEmpty()) {
                return Set.of();
            }
            keys.addAll(more);
        }
        return keys;
    }

    private Set<String> gathered(Function<Shape, Set<String>> ofInline, boolean withOwn) {
        Set<String> keys = new LinkedHashSet<>();
        for (RecordPart part : parts().values()) {
            if (part.inline()) {
                keys.addAll(ofInline.apply(part.shape()));
            } else if (withOwn) {
                keys.add(part.key());
            }
        }
        return keys;
    }
}
