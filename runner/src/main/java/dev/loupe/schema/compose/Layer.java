package dev.loupe.schema.compose;

import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.shape.Declared;
import dev.loupe.schema.shape.PartsInPlace;
import dev.loupe.schema.shape.YamlCodec;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of a document over a whole one: a variant over its spec, a file over the one that it extends. {@code keep} lists, for
 * a section of named values, those of the base that stay. What uses a value that goes, goes along, except what the layer
 * states itself.
 */
final class Layer {

    private static final String CLAIMS = "claims";

    private final YamlCodec document;
    private final Dependents dependents;
    private final Problems problems;

    Layer(YamlCodec document, Dependents dependents, Problems problems) {
        this.document = document;
        this.dependents = dependents;
        this.problems = problems;
    }

    /** @param called what the layer is, for messages */
    YamlMap over(YamlMap written, YamlMap base, String called) {
        Declared declared = Declared.of(base, document);
        YamlMap own = new Keep(declared, problems).applied(written, called);
        YamlMap merged = Merge.over(own, base, document);
        Map<String, Set<String>> gone = removed(declared, merged);
        if (gone.isEmpty()) {
            return merged;
        }
        Set<String> removed = new LinkedHashSet<>();
        gone.forEach((section, names) -> names.forEach(name -> removed.add(section + "." + name)));
        YamlMap wide = PartsInPlace.moved(
                new SiblingExtends(new Problems()).resolve(Merge.over(withoutRemovals(own, gone), base, document)),
                document);
        List<String> along = dependents.of(wide, removed, stated(own));
        if (along.isEmpty()) {
            return merged;
        }
        YamlMap left = Parts.without(merged, along);
        problems.note(
                written.mark(),
                "goes-along",
                called + " leaves out " + Parts.said(removed) + ", and with " + (removed.size() == 1 ? "it " : "them ")
                        + Parts.said(along) + Parts.emptied(left, along));
        return left;
    }

    /** By section: the names of the base that are no longer there. */
    private Map<String, Set<String>> removed(Declared before, YamlMap merged) {
        Map<String, Set<String>> removed = new LinkedHashMap<>();
        Declared after = Declared.of(merged, document);
        before.sections().forEach((section, names) -> {
            Set<String> gone = new LinkedHashSet<>(names);
            gone.removeAll(after.in(section));
            // A lone value in place of named ones, or the other way round, answers to the same references.
            boolean sameForm = after.in(section).isEmpty()
                    || names.contains(Declared.LONE) == after.in(section).contains(Declared.LONE);
            if (!gone.isEmpty() && sameForm) {
                removed.put(section, gone);
            }
        });
        return removed;
    }

    private static YamlMap withoutRemovals(YamlMap own, Map<String, Set<String>> removed) {
        YamlMap left = own;
        for (Map.Entry<String, Set<String>> section : removed.entrySet()) {
            YamlTree value = left.get(section.getKey());
            if (value instanceof YamlMap map) {
                for (String name : section.getValue()) {
                    map = map.without(name);
                }
                left = left.with(new YamlMap.Entry(section.getKey(), map.mark(), map));
            } else {
                left = left.without(section.getKey());
            }
        }
        return left;
    }

    /** What the layer states itself, as parts; claims as a whole. */
    private Set<String> stated(YamlMap own) {
        Set<String> stated = new LinkedHashSet<>();
        Declared.of(own, document).sections().forEach((section, names) -> {
            if (own.get(section) instanceof YamlMap map) {
                names.stream()
                        .filter(name -> !map.has(name) || !isRemoval(map, name))
                        .forEach(name -> stated.add(section + "." + name));
            }
        });
        if (own.has(CLAIMS)) {
            stated.add(CLAIMS);
        }
        return stated;
    }

    private static boolean isRemoval(YamlMap map, String name) {
        YamlTree value = map.get(name);
        return value != null && value.isNull();
    }
}
