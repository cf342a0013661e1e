package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.annotation.Discriminator;
import dev.loupe.schema.annotation.Groups;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sealed interface: one of its records. A record is picked by the value of the discriminator key, by the presence of
 * a key that is its word, or by its word alone as a scalar. A record without {@link Named} that has a {@code parse}
 * factory (or such a factory on the interface) takes every other scalar.
 */
public final class ChoiceShape implements YamlCodec {

    private final Class<?> type;
    private final YamlCodecs shapes;
    private final List<ChoiceCase> cases = new ArrayList<>();
    private @Nullable Method parse;
    private boolean found;

    ChoiceShape(Class<?> type, YamlCodecs shapes) {
        this.type = type;
        this.shapes = shapes;
    }

    /** The records in the order of the permits clauses; found late, because a type may hold itself. */
    public List<ChoiceCase> cases() {
        if (!found) {
            found = true;
            collect(type, null);
        }
        return cases;
    }

    private void collect(Class<?> part, @Nullable String outer) {
        Discriminator own = part.getAnnotation(Discriminator.class);
        String discriminator = own == null ? outer : own.value();
        Method factory = YamlCodecs.factory(part);
        parse = factory == null ? parse : factory;
        List<Class<?>> permitted = permitted(part);
        if (!permitted.isEmpty()) {
            permitted.forEach(each -> collect(each, discriminator));
        } else if (!part.isRecord()) {
            throw new IllegalStateException(part.getName() + " is neither a record nor a sealed interface");
        } else if (factory == null || part.isAnnotationPresent(Named.class)) {
            ChoiceCase added = new ChoiceCase(YamlWords.of(part), discriminator, new RecordShape(part, shapes));
            if (cases.stream()
                    .anyMatch(c -> c.word().equals(added.word()) && c.selector().equals(added.selector()))) {
                throw new IllegalStateException("two records of " + type.getName() + " are `" + added.word() + "`");
            }
            cases.add(added);
        }
    }

    /** What an interface is made of: the groups of an open one, or what a sealed one permits; empty for other types. */
    static List<Class<?>> permitted(Class<?> type) {
        Groups groups = type.getAnnotation(Groups.class);
        if (groups != null) {
            return List.of(groups.value());
        }
        return type.isInterface() && type.isSealed() ? List.of(type.getPermittedSubclasses()) : List.of();
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (tree instanceof YamlScalar scalar && !scalar.isNull()) {
            return bindScalar(scalar, path, binding);
        }
        if (!(tree instanceof YamlMap map)) {
            binding.wrongType(tree, noun());
            return null;
        }
        String discriminator = discriminatorIn(map);
        if (discriminator != null) {
            return bindByWord(map, discriminator, path, binding);
        }
        List<ChoiceCase> keyed = keyedIn(map);
        if (keyed.isEmpty()) {
            YamlMap meant = unpicked(map, binding);
            return meant == null ? null : bind(meant, path, binding);
        }
        if (keyed.size() > 1) {
            String words =
                    String.join("` and `", keyed.stream().map(ChoiceCase::word).toList());
            String message = "`" + words + "` each select a different " + what() + "; keep only one";
            binding.unknown(map.mark(), "ambiguous", message);
            return null;
        }
        return keyed.get(0).bind(map, path, binding);
    }

    private @Nullable Object bindScalar(YamlScalar scalar, String path, Binding binding) {
        List<ChoiceCase> named =
                cases().stream().filter(c -> c.word().equals(scalar.text())).toList();
        for (ChoiceCase option : named) {
            if (option.lone()) {
                return option.shape().bindDefaults(scalar, path, binding);
            }
        }
        if (parse != null) {
            return ParsedShape.parse(parse, scalar, binding);
        }
        if (!named.isEmpty()) {
            ChoiceCase option = named.get(0);
            List<String> needed = option.shape().parts().values().stream()
                    .filter(part -> !part.optional())
                    .map(part -> "`" + part.key() + "`")
                    .toList();
            String message =
                    "`" + option.word() + "` cannot be written alone: it needs " + String.join(" and ", needed);
            binding.unknown(scalar.mark(), "missing-key", message);
            return null;
        }
        String meant = binding.unknownWord(scalar, what(), words());
        return meant == null ? null : bindScalar(YamlScalar.plain(scalar.mark(), meant), path, binding);
    }

    private @Nullable Object bindByWord(YamlMap map, String discriminator, String path, Binding binding) {
        if (!(map.get(discriminator) instanceof YamlScalar word) || word.isNull()) {
            YamlTree value = map.get(discriminator);
            binding.wrongType(value == null ? map : value, "the name of the " + what());
            return null;
        }
        List<String> known = new ArrayList<>();
        for (ChoiceCase option : cases()) {
            if (discriminator.equals(option.discriminator())) {
                if (option.word().equals(word.text())) {
                    binding.marks.put(Binding.join(path, discriminator), word.mark());
                    return option.bind(map, path, binding);
                }
                known.add(option.word());
            }
        }
        String meant = binding.unknownWord(word, what(), known);
        YamlMap.Entry picked = map.entries().get(discriminator);
        return meant == null || picked == null
                ? null
                : bindByWord(
                        map.with(new YamlMap.Entry(discriminator, picked.mark(), YamlScalar.plain(word.mark(), meant))),
                        discriminator,
                        path,
                        binding);
    }

    /** What a mapping picks, keys without a value left out; null where it picks nothing or several. */
    private @Nullable ChoiceCase picked(YamlMap map) {
        String discriminator = discriminatorIn(map);
        List<ChoiceCase> found = discriminator != null && map.get(discriminator) instanceof YamlScalar word
                ? cases().stream()
                        .filter(c -> discriminator.equals(c.discriminator())
                                && c.word().equals(word.text()))
                        .toList()
                : keyedIn(map.withoutNulls());
        return found.size() == 1 ? found.get(0) : null;
    }

    @Override
    public @Nullable String word(YamlMap map) {
        ChoiceCase picked = picked(map);
        return picked == null ? null : picked.word();
    }

    @Override
    public List<RecordPart> missingInline(YamlMap map) {
        ChoiceCase picked = picked(map);
        return picked == null ? List.of() : picked.missingInline(map);
    }

    @Override
    public @Nullable RecordPart part(YamlMap map, String key) {
        ChoiceCase picked = picked(map);
        return picked == null || picked.nested() ? null : picked.shape().part(map, key);
    }

    @Override
    public @Nullable YamlCodec inner(YamlMap map, String key) {
        ChoiceCase picked = picked(map);
        return picked != null && picked.nested() && key.equals(picked.word())
                ? picked.shape()
                : YamlCodec.super.inner(map, key);
    }

    @Override
    public boolean replaces(YamlMap own, YamlMap below) {
        ChoiceCase lower = picked(below);
        ChoiceCase upper = picked(own);
        if (lower == null || upper == null) {
            return false;
        }
        if (lower.equals(upper)) {
            return !lower.nested() && lower.shape().replaces(own, below);
        }
        // The word of one record may be an option of another.
        boolean option = upper.discriminator() == null
                && !lower.nested()
                && lower.shape().parts().containsKey(upper.word());
        return !option;
    }

    private @Nullable String discriminatorIn(YamlMap map) {
        return cases().stream()
                .filter(c -> c.discriminator() != null && map.has(c.selector()))
                .map(ChoiceCase::selector)
                .findFirst()
                .orElse(null);
    }

    /** The records whose key is there; of several, the one that knows all keys. */
    private List<ChoiceCase> keyedIn(YamlMap map) {
        List<ChoiceCase> keyed = cases().stream()
                .filter(c -> c.discriminator() == null && map.has(c.word()))
                .toList();
        List<ChoiceCase> fitting = keyed.stream().filter(c -> c.fits(map)).toList();
        return keyed.size() > 1 && fitting.size() == 1 ? fitting : keyed;
    }

    /** Notes that nothing is picked; the mapping as it was probably meant, where one key is misspelled. */
    private @Nullable YamlMap unpicked(YamlMap map, Binding binding) {
        List<YamlMap.Entry> near = map.entries().values().stream()
                .filter(entry -> DidYouMean.to(entry.key(), selectors()) != null)
                .toList();
        for (YamlMap.Entry entry : near) {
            String message = "unknown key `" + Binding.shorten(entry.key()) + "` in " + what();
            Problem problem =
                    new Problem(entry.mark(), "unknown-key", message, DidYouMean.to(entry.key(), selectors()));
            if (near.size() == 1) {
                binding.mended(problem);
                return map.renamed(entry.key(), String.valueOf(problem.suggestion()));
            }
            binding.unknown(problem);
        }
        if (!near.isEmpty()) {
            return null;
        }
        boolean byWord = cases().stream().allMatch(c -> c.discriminator() != null);
        String needed = byWord
                ? "`" + String.join("` or `", selectors()) + "`, one of " + String.join(", ", words())
                : "one of the keys " + String.join(", ", selectors());
        binding.unknown(map.mark(), "missing-key", what() + " needs " + needed);
        return null;
    }

    @Override
    public YamlTree write(Object value) {
        for (ChoiceCase option : cases()) {
            if (option.shape().type() == value.getClass()) {
                return option.write(value);
            }
        }
        return YamlScalar.plain(Written.HERE, value.toString());
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        return definitions.reference(type, "", () -> {
            ObjectNode schema = definitions.described(definitions.node(), YamlWords.doc(type));
            ArrayNode options = schema.putArray("oneOf");
            for (ChoiceCase option : cases()) {
                options.add(option.schema(definitions));
            }
            List<ChoiceCase> lone = cases().stream().filter(ChoiceCase::lone).toList();
            if (parse != null) {
                ObjectNode text = definitions.types("string", "number");
                lone.forEach(c -> text.withArray("examples").add(c.word()));
                options.add(text);
            } else if (!lone.isEmpty()) {
                ArrayNode words = options.addObject().putArray("enum");
                lone.forEach(c -> words.add(c.word()));
            }
            return schema;
        });
    }

    @Override
    public ObjectNode openSchema(Definitions definitions) {
        ObjectNode schema = definitions.node();
        ArrayNode options = schema.putArray("oneOf");
        for (ChoiceCase option : cases()) {
            options.add(option.openSchema(definitions));
        }
        return schema;
    }

    @Override
    public Set<String> keysBeside(YamlMap map) {
        ChoiceCase picked = picked(map);
        if (picked == null) {
            return keyedIn(map).isEmpty() ? Set.of() : keys();
        }
        Set<String> keys = new LinkedHashSet<>(Set.of(picked.selector()));
        if (!picked.nested()) {
            keys.addAll(picked.shape().keys());
        }
        return keys;
    }

    private String what() {
        return YamlWords.of(type).replace('-', ' ');
    }

    private List<String> words() {
        return cases().stream().map(ChoiceCase::word).toList();
    }

    @Override
    public List<Class<?>> types() {
        return List.of(type);
    }

    @Override
    public String noun() {
        String article = "aeiou".indexOf(what().charAt(0)) >= 0 ? "an " : "a ";
        return (parse == null ? article : "a name or ") + what() + " (" + String.join(", ", words()) + ")";
    }

    @Override
    public boolean fits(YamlTree tree) {
        if (tree instanceof YamlScalar scalar) {
            boolean word = cases().stream().anyMatch(c -> c.word().equals(scalar.text()));
            return !scalar.isNull() && (word || parse != null);
        }
        if (!(tree instanceof YamlMap map)) {
            return false;
        }
        String discriminator = discriminatorIn(map);
        if (discriminator != null) {
            return map.get(discriminator) instanceof YamlScalar;
        }
        return keyedIn(map).stream().anyMatch(c -> c.fits(map));
    }

    @Override
    public Set<String> selectors() {
        Set<String> keys = new LinkedHashSet<>();
        cases().forEach(c -> keys.add(c.selector()));
        return keys;
    }

    @Override
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(selectors());
        cases().stream()
                .filter(c -> !c.nested())
                .forEach(c -> keys.addAll(c.shape().keys()));
        return keys;
    }
}
