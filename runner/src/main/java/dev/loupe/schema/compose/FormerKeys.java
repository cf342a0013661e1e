package dev.loupe.schema.compose;

import dev.loupe.schema.annotation.Formerly;
import dev.loupe.schema.annotation.OneOrNamed;
import dev.loupe.schema.annotation.SnakeKeys;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.shape.YamlWords;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a kind of document that had other names before, from {@link Formerly}. */
public final class FormerKeys {

    private static final String ANY = "*";

    /**
     * One key and its place.
     *
     * @param path the keys that lead to the mapping that holds it; {@code *} is any
     */
    private record Rename(List<String> path, String from, String to) {
        boolean leads(List<String> keys) {
            return keys.size() == path.size()
                    && Stream.iterate(0, i -> i < keys.size(), i -> i + 1)
                            .allMatch(
                                    i -> path.get(i).equals(ANY) || path.get(i).equals(keys.get(i)));
        }
    }

    /**
     * A former key in a document.
     *
     * @param mark where the key is written
     */
    public record Use(SourceLocation mark, String from, String to) {}

    /** A document with today's keys only, and the former keys that it was written with. */
    public record Renamed(YamlMap tree, List<Use> uses) {}

    private final List<Rename> renames = new ArrayList<>();

    private FormerKeys() {}

    /** Those of a record, the records in it and those that stand in it by name; also as a part of a variant. */
    public static FormerKeys of(Class<?> document) {
        FormerKeys keys = new FormerKeys();
        keys.gather(document, List.of());
        keys.gather(document, List.of(Variants.KEY, ANY));
        return keys;
    }

    private void gather(Class<?> record, List<String> path) {
        boolean snake = record.isAnnotationPresent(SnakeKeys.class);
        for (RecordComponent component : record.getRecordComponents()) {
            String key = YamlWords.of(component, snake);
            Formerly formerly = component.getAnnotation(Formerly.class);
            if (formerly != null) {
                renames.add(new Rename(path, formerly.value(), key));
            }
            Class<?> named = named(component.getGenericType());
            if (component.getType().isRecord()) {
                gather(component.getType(), with(path, key));
            } else if (named != null) {
                gather(named, with(path, key, ANY));
                if (component.isAnnotationPresent(OneOrNamed.class)) {
                    gather(named, with(path, key));
                }
            }
        }
    }

    /** The record type that a map holds by name, or null. */
    private static @Nullable Class<?> named(Type type) {
        return type instanceof ParameterizedType map
                        && map.getRawType() == Map.class
                        && map.getActualTypeArguments()[1] instanceof Class<?> value
                        && value.isRecord()
                ? value
                : null;
    }

    private static List<String> with(List<String> path, String... more) {
        return Stream.concat(path.stream(), Stream.of(more)).toList();
    }

    /** The document with today's keys. A former key beside its new name stays: two values are a mistake. */
    public Renamed rename(YamlMap document) {
        List<Use> uses = new ArrayList<>();
        YamlTree tree = document;
        for (Rename rename : renames) {
            tree = rename(tree, rename, 0, uses);
        }
        return new Renamed((YamlMap) tree, List.copyOf(uses));
    }

    private static YamlTree rename(YamlTree tree, Rename rename, int depth, List<Use> uses) {
        if (!(tree instanceof YamlMap map)) {
            return tree;
        }
        if (depth == rename.path().size()) {
            YamlMap.Entry old = map.entries().get(rename.from());
            if (old == null || map.has(rename.to())) {
                return map;
            }
            uses.add(new Use(old.mark(), rename.from(), rename.to()));
            return map.renamed(rename.from(), rename.to());
        }
        String key = rename.path().get(depth);
        YamlMap changed = map;
        for (YamlMap.Entry entry : map.entries().values()) {
            if (key.equals(ANY) || key.equals(entry.key())) {
                YamlTree below = rename(entry.value(), rename, depth + 1, uses);
                changed = below == entry.value()
                        ? changed
                        : changed.with(new YamlMap.Entry(entry.key(), entry.mark(), below));
            }
        }
        return changed;
    }

    /** A path of keys as it is called today. */
    List<String> today(List<String> path) {
        List<String> called = new ArrayList<>(path);
        for (int i = 0; i < called.size(); i++) {
            String key = called.get(i);
            List<String> before = List.copyOf(called.subList(0, i));
            called.set(
                    i,
                    renames.stream()
                            .filter(rename -> rename.from().equals(key) && rename.leads(before))
                            .map(Rename::to)
                            .findFirst()
                            .orElse(key));
        }
        return called;
    }
}
