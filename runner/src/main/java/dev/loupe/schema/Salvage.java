package dev.loupe.schema;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a faulty document for further checks, so that one reading reports as much as it can: entries with a
 * problem go, and with them every entry that speaks of one by name, since nothing true can be said of those.
 */
public final class Salvage {
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[^A-Za-z0-9_-]+");

    private final RecordShape shape;
    private final Set<Mark> faulty;
    private final Set<String> gone = new HashSet<>();

    private Salvage(RecordShape shape, Set<Mark> faulty) {
        this.shape = shape;
        this.faulty = faulty;
    }

    /**
     * The parts without problems, bound.
     *
     * @param type a record whose maps name its parts
     * @param problems what binding the whole found
     * @return null where what is left is no {@code type}
     */
    public static <T extends Record> @Nullable Bound<T> of(YamlMap tree, Class<T> type, Problems problems) {
        Set<Mark> faulty = new HashSet<>();
        problems.sorted().forEach(problem -> faulty.add(problem.mark()));
        if (faulty.contains(tree.mark()) || !(new Shapes().of(type) instanceof RecordShape shape)) {
            return null;
        }
        YamlMap left = new Salvage(shape, faulty).sound(tree);
        return left == null ? null : Binder.bind(left, type, new Problems());
    }

    private @Nullable YamlMap sound(YamlMap tree) {
        YamlMap left = tree;
        int before;
        do {
            before = gone.size();
            for (YamlMap.Entry entry : List.copyOf(left.entries().values())) {
                RecordPart part = shape.parts().get(entry.key());
                YamlTree kept = part == null ? null : part(entry, part);
                if (kept == null && part != null && !part.optional()) {
                    return null;
                }
                left = kept == null
                        ? left.without(entry.key())
                        : left.with(new YamlMap.Entry(entry.key(), entry.mark(), kept));
            }
        } while (gone.size() > before);
        return left;
    }

    /** What is sound of one part; null where nothing is. */
    private @Nullable YamlTree part(YamlMap.Entry entry, RecordPart part) {
        YamlTree value = entry.value();
        if (value instanceof YamlMap map && part.shape() instanceof MapShape named && named.names(map)) {
            Map<String, YamlMap.Entry> kept = new LinkedHashMap<>(map.entries());
            for (YamlMap.Entry one : map.entries().values()) {
                if (bad(one.mark(), one.value())) {
                    kept.remove(one.key());
                    gone.add(one.key());
                }
            }
            return kept.isEmpty() ? null : new YamlMap(map.mark(), kept);
        }
        if (value instanceof YamlList list) {
            return new YamlList(
                    list.mark(),
                    list.items().stream()
                            .filter(item -> !bad(item.mark(), item))
                            .toList());
        }
        return bad(entry.mark(), value) ? null : value;
    }

    private boolean bad(Mark key, YamlTree value) {
        return faulty.contains(key) || nodes(value).anyMatch(this::bad);
    }

    private boolean bad(YamlTree node) {
        return faulty.contains(node.mark())
                || node instanceof YamlScalar scalar
                        && BETWEEN_NAMES.splitAsStream(scalar.text()).anyMatch(gone::contains)
                || node instanceof YamlMap map
                        && map.entries().values().stream()
                                .anyMatch(e -> faulty.contains(e.mark()) || gone.contains(e.key()));
    }

    private static Stream<YamlTree> nodes(YamlTree tree) {
        Stream<YamlTree> below = Stream.empty();
        if (tree instanceof YamlMap map) {
            below = map.entries().values().stream().flatMap(e -> nodes(e.value()));
        } else if (tree instanceof YamlList list) {
            below = list.items().stream().flatMap(Salvage::nodes);
        }
        return Stream.concat(Stream.of(tree), below);
    }
}
