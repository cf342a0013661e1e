package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.UserInputException;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A record: a mapping with one key for each component. */
public final class RecordShape implements YamlCodec {
    /** So many keys say what a mapping is; all are in the reference. */
    private static final int NAMED = 8;

    private final Class<?> type;
    private final YamlCodecs shapes;
    private @Nullable Map<String, RecordPart> parts;

    public RecordShape(Class<?> type, YamlCodecs shapes) {
        this.type = type;
        this.shapes = shapes;
    }

    public Class<?> type() {
        return type;
    }

    /** By key; found late, because a record may hold itself. */
    public Map<String, RecordPart> parts() {
        Map<String, RecordPart> found = parts;
        if (found == null) {
            found = InlineRecords.parts(type, shapes);
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
    Object bind(YamlMap written, String path, Binding binding, @Nullable String selector) {
        int before = binding.unknown();
        Set<String> meant = new HashSet<>();
        YamlMap map = withoutUnknown(written, binding, selector, meant);
        new IgnoredOptions(parts()).refuse(map, binding);
        List<String> missing = new ArrayList<>();
        List<@Nullable Object> arguments = new ArrayList<>();
        boolean whole = true;
        for (RecordPart part : parts().values()) {
            Object value = null;
            String at = Binding.join(path, part.key());
            YamlMap.Entry entry = map.entries().get(part.key());
            if (part.inline()) {
                // Where the key that picks it was misspelled, that has been said.
                boolean told = meant.stream().anyMatch(part.shape().selectors()::contains);
                value = told ? null : part.shape().bind(inlineOf(map, part, selector), path, binding);
                value = missesInline(part, map, meant, binding) ? null : value;
            } else if (entry != null && !(entry.value().isNull() && part.nullable())) {
                value = bind(part, entry.value(), at, binding);
            } else if (entry == null && part.defaultYaml() != null) {
                value = part.bindDefault(map.mark(), at, binding);
            } else if (!part.nullable()) {
                // A key that was misspelled is reported once, where it stands.
                if (!meant.contains(part.key())) {
                    missing.add(part.key());
                }
                value = part.shape().standIn();
            }
            whole &= value != null || part.nullable();
            binding.keep(at, value);
            arguments.add(value);
        }
        if (!missing.isEmpty()) {
            reportMissing(map, missing, binding);
        }
        return whole ? construct(arguments, map, binding, binding.unknown() > before) : null;
    }

    /** The value of a part; where it is not known, what would stand there if nothing were written. */
    private static @Nullable Object bind(RecordPart part, YamlTree tree, String at, Binding binding) {
        String section = part.section();
        YamlTree named = section == null ? tree : binding.named(tree, at, section);
        binding.marks.put(at, tree.mark());
        Object value = part.shape().bind(named, at, binding);
        if (value != null || part.nullable()) {
            return value;
        }
        return part.defaultYaml() == null
                ? part.shape().standIn()
                : part.bindDefault(tree.mark(), at, new Binding(new Problems(), Declared.NOTHING));
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

    /**
     * Notes every key that is not known. A misspelled one is taken for the key that was meant, where its value can be one of
     * that key's; otherwise it goes.
     *
     * @param meant takes keys that are there under a misspelled name and could not be taken
     */
    private YamlMap withoutUnknown(YamlMap map, Binding binding, @Nullable String selector, Set<String> meant) {
        YamlMap left = map;
        Set<String> all = keys();
        for (YamlMap.Entry entry : map.entries().values()) {
            if (all.contains(entry.key()) || entry.key().equals(selector)) {
                continue;
            }
            Set<String> free = new TreeSet<>(all);
            free.removeAll(left.keys());
            String nearest = DidYouMean.to(entry.key(), free);
            boolean taken = nearest != null && mayStandFor(nearest, entry.value());
            if (nearest != null && !taken) {
                meant.add(nearest);
            }
            if (nearest == null) {
                // In a variant the key that was meant may stand in the base.
                nearest = DidYouMean.to(entry.key(), all);
            }
            Set<String> fitting = keysBeside(map);
            String known = nearest != null || fitting.isEmpty() ? "" : "; known: " + String.join(", ", fitting);
            String message = "unknown key `" + Binding.shorten(entry.key()) + "` in " + called(map) + known;
            Problem problem = new Problem(entry.mark(), "unknown-key", message, nearest);
            if (taken && nearest != null) {
                binding.mended(problem);
                left = left.renamed(entry.key(), nearest);
            } else {
                binding.unknown(problem);
                left = left.without(entry.key());
            }
        }
        return left;
    }

    private boolean mayStandFor(String key, YamlTree value) {
        RecordPart part = parts().get(key);
        boolean word = value instanceof YamlScalar
                && part != null
                && part.shape().keys().isEmpty();
        return part == null || part.inline() || word || part.shape().fits(value);
    }

    /** Whether what stands inline lacks an option that it must have there; each is reported. */
    private boolean missesInline(RecordPart inline, YamlMap map, Set<String> meant, Binding binding) {
        List<RecordPart> missing = inline.shape().missingInline(map);
        missing.stream()
                .filter(part -> !meant.contains(part.key()))
                .forEach(part -> binding.unknown(
                        map.mark(),
                        "missing-key",
                        called(map) + " needs `" + part.key() + "` ("
                                + part.shape().noun() + ")"));
        return !missing.isEmpty();
    }

    private void reportMissing(YamlMap map, List<String> missing, Binding binding) {
        List<String> listed = new ArrayList<>();
        for (String key : missing) {
            RecordPart part = parts().get(key);
            listed.add(
                    "`" + key + "`" + (part == null ? "" : " (" + part.shape().noun() + ")"));
        }
        binding.unknown(map.mark(), "missing-key", called() + " needs " + String.join(" and ", listed));
    }

    /** Binds a word that stands for the record with every option at its default. */
    @Nullable
    Object bindDefaults(YamlScalar word, String path, Binding binding) {
        return bind(new YamlMap(word.mark(), Map.of()), path, binding, null);
    }

    boolean allOptional() {
        return parts().values().stream().allMatch(RecordPart::optional);
    }

    /** @param partly some arguments are not what was written, so that what the record refuses says nothing */
    private @Nullable Object construct(List<@Nullable Object> arguments, YamlMap map, Binding binding, boolean partly) {
        try {
            return InlineRecords.make(type, arguments.iterator());
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof RuntimeException cause)
                    || !(cause instanceof IllegalArgumentException || cause instanceof UserInputException)) {
                throw new IllegalStateException("the constructor of " + type.getName() + " failed", e.getCause());
            }
            String message = cause.getMessage() == null ? "refused by " + called() : cause.getMessage();
            if (!partly) {
                binding.unknown(NamedKey.in(map, message), "invalid-value", message);
            }
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
        ObjectNode schema = definitions.described(definitions.types("object"), YamlWords.doc(type));
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        if (selector != null) {
            required.add(selector);
            if (word != null) {
                properties.set(selector, definitions.described(definitions.word(word), YamlWords.doc(type)));
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

    /** What a mapping is in messages: what it picks inline, else the record. */
    private String called(YamlMap map) {
        String word = word(map);
        return word == null ? called() : "`" + word + "`";
    }

    @Override
    public @Nullable String word(YamlMap map) {
        return parts().values().stream()
                .filter(RecordPart::inline)
                .map(part -> part.shape().word(map))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The record's name in messages. */
    String called() {
        return "`" + YamlWords.of(type) + "`";
    }

    @Override
    public List<Class<?>> types() {
        return List.of(type);
    }

    @Override
    public String noun() {
        List<String> keys = List.copyOf(keys());
        return "a mapping with "
                + (keys.size() <= NAMED + 2
                        ? String.join(", ", keys)
                        : String.join(", ", keys.subList(0, NAMED)) + " and " + (keys.size() - NAMED) + " more keys");
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
        return hasInline() ? gathered(YamlCodec::selectors, false) : parts().keySet();
    }

    @Override
    public Set<String> keys() {
        return hasInline() ? gathered(YamlCodec::keys, true) : parts().keySet();
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

    @Override
    public @Nullable RecordPart part(YamlMap map, String key) {
        RecordPart part = parts().get(key);
        if (part != null && !part.inline()) {
            return part;
        }
        return parts().values().stream()
                .filter(RecordPart::inline)
                .map(inline -> inline.shape().part(map, key))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean replaces(YamlMap own, YamlMap below) {
        return parts().values().stream()
                .anyMatch(part -> part.inline() && part.shape().replaces(own, below)
                        || part.identity() && changed(own.get(part.key()), below.get(part.key())));
    }

    private static boolean changed(@Nullable YamlTree own, @Nullable YamlTree below) {
        return own instanceof YamlScalar upper
                && below instanceof YamlScalar lower
                && !upper.text().equals(lower.text());
    }

    private Set<String> gathered(Function<YamlCodec, Set<String>> ofInline, boolean withOwn) {
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
