package dev.loupe.schema.compose;

import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.shape.Binding;
import dev.loupe.schema.yaml.TreeBuilder;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code extends: NAME} in a mapping: it is merged, key by key, over the mapping of that name beside it. What stands
 * deeper is resolved first and where it was written, so that every part is resolved once however often it is inherited.
 */
final class SiblingExtends {

    private static final String KEY = FileExtends.KEY;

    private static final int LONGEST_CHAIN = 64;

    private final Problems problems;
    private final Map<SourceLocation, SourceLocation> bases = new LinkedHashMap<>();
    private long inherited;

    SiblingExtends(Problems problems) {
        this.problems = problems;
    }

    YamlMap resolve(YamlMap map) {
        Map<String, YamlMap.Entry> inner = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) -> inner.put(key, new YamlMap.Entry(key, entry.mark(), deep(entry.value()))));
        return new Level(inner).resolve(map.mark());
    }

    /** By the place of every mapping that extended another: the place of that other one. */
    Map<SourceLocation, SourceLocation> bases() {
        return bases;
    }

    private YamlTree deep(YamlTree tree) {
        if (tree instanceof YamlMap map) {
            return resolve(map);
        }
        if (tree instanceof YamlList list) {
            List<YamlTree> items = new ArrayList<>(list.items().size());
            list.items().forEach(item -> items.add(deep(item)));
            return new YamlList(list.mark(), items);
        }
        return tree;
    }

    /** How many entries a merge copies: few lines of hostile YAML could ask for billions. */
    private static long cost(YamlMap own, YamlMap base) {
        long cost = base.entries().size();
        for (YamlMap.Entry entry : own.entries().values()) {
            if (entry.value() instanceof YamlMap inner && base.get(entry.key()) instanceof YamlMap below) {
                cost += cost(inner, below);
            }
        }
        return cost;
    }

    /** The values of one mapping, of which some extend others. */
    private final class Level {
        private final Map<String, YamlMap.Entry> entries;

        Level(Map<String, YamlMap.Entry> entries) {
            this.entries = entries;
        }

        YamlMap resolve(SourceLocation mark) {
            for (String key : List.copyOf(entries.keySet())) {
                settle(key);
            }
            return new YamlMap(mark, entries);
        }

        /** Follows the chain from one key to its end, then merges back along it: a long chain is no deep call. */
        private void settle(String first) {
            Deque<String> chain = new ArrayDeque<>();
            YamlMap.Entry at = entries.get(first);
            while (at != null) {
                chain.push(at.key());
                String base = next(at, chain);
                at = base == null ? null : entries.get(base);
            }
            String base = null;
            for (String link : chain) {
                YamlMap.Entry entry = entries.get(link);
                if (entry != null && entry.value() instanceof YamlMap own && own.has(KEY)) {
                    YamlMap.Entry below = base == null ? null : entries.get(base);
                    YamlMap bare = own.without(KEY);
                    YamlMap merged = below != null && below.value() instanceof YamlMap map ? merge(bare, map) : bare;
                    entries.put(link, new YamlMap.Entry(link, entry.mark(), merged));
                }
                base = link;
            }
        }

        private YamlMap merge(YamlMap own, YamlMap base) {
            inherited += cost(own, base);
            if (inherited <= TreeBuilder.MOST_NODES) {
                return Merge.over(own, base, null);
            }
            problems.add(own.mark(), "too-large", "more than " + TreeBuilder.MOST_NODES + " keys are inherited");
            return own;
        }

        private @Nullable String next(YamlMap.Entry entry, Deque<String> chain) {
            if (!(entry.value() instanceof YamlMap map)) {
                return null;
            }
            YamlTree named = map.get(KEY);
            if (named == null) {
                return null;
            }
            if (!(named instanceof YamlScalar scalar) || scalar.isNull()) {
                problems.add(named.mark(), "wrong-type", "expected the name of a sibling, found " + named.describe());
                return null;
            }
            String name = scalar.text();
            YamlMap.Entry target = entries.get(name);
            if (target == null) {
                List<String> others = entries.keySet().stream()
                        .filter(other -> !other.equals(entry.key()))
                        .toList();
                String message = "`" + Binding.shorten(name) + "` is not a sibling of `" + entry.key() + "`";
                problems.add(scalar.mark(), "bad-extends", message, DidYouMean.to(name, others));
            } else if (chain.size() > LONGEST_CHAIN) {
                problems.add(scalar.mark(), "bad-extends", "more than " + LONGEST_CHAIN + " extend each other");
            } else if (chain.contains(name)) {
                problems.add(scalar.mark(), "bad-extends", "`" + name + "` extends this in a circle");
            } else if (!(target.value() instanceof YamlMap)) {
                String message = "`" + name + "` is " + target.value().describe() + "; only a mapping can be extended";
                problems.add(scalar.mark(), "bad-extends", message);
            } else {
                bases.put(map.mark(), target.value().mark());
                return name;
            }
            return null;
        }
    }
}
