package dev.loupe.schema.compose;

import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.shape.Binding;
import dev.loupe.schema.shape.Declared;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** {@code keep: {measure: [scores, loss]}} in a layer: of a section, only the named parts of the base stay. */
final class Keep {

    static final String KEY = "keep";

    private final Declared declared;
    private final Problems problems;

    /** @param declared the names of the base */
    Keep(Declared declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
    }

    /** The layer with every name of the base that is not kept taken away. */
    YamlMap applied(YamlMap written, String called) {
        YamlTree keep = written.get(KEY);
        YamlMap own = written.without(KEY);
        if (keep == null) {
            return own;
        }
        if (!(keep instanceof YamlMap sections)) {
            problems.add(
                    keep.mark(),
                    "wrong-type",
                    "expected a mapping from sections to lists of names, found " + keep.describe());
            return own;
        }
        for (YamlMap.Entry section : sections.entries().values()) {
            Set<String> names = declared.sections().get(section.key());
            if (names == null) {
                problems.add(
                        section.mark(),
                        "unknown-key",
                        "`" + Binding.shorten(section.key()) + "` has no named parts to keep; those that have: "
                                + String.join(", ", declared.sections().keySet()),
                        DidYouMean.to(section.key(), declared.sections().keySet()));
                continue;
            }
            own = keeping(own, section, names, called);
        }
        return own;
    }

    private YamlMap keeping(YamlMap own, YamlMap.Entry section, Set<String> names, String called) {
        if (!(section.value() instanceof YamlList list)) {
            problems.add(
                    section.value().mark(),
                    "wrong-type",
                    "expected a list of names, found " + section.value().describe());
            return own;
        }
        Set<String> kept = new LinkedHashSet<>();
        for (YamlTree item : list.items()) {
            String name = item instanceof YamlScalar scalar && !scalar.isNull() ? scalar.text() : item.describe();
            if (!names.contains(name)) {
                problems.add(
                        item.mark(),
                        "unknown-name",
                        "what " + called + " builds on has no `" + Binding.shorten(name) + "` in `" + section.key()
                                + "`",
                        DidYouMean.to(name, names));
            }
            kept.add(name);
        }
        YamlTree stated = own.get(section.key());
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        names.stream()
                .filter(name -> !kept.contains(name))
                .forEach(name -> entries.put(
                        name, new YamlMap.Entry(name, section.mark(), YamlScalar.plain(section.mark(), "~"))));
        if (stated instanceof YamlMap map) {
            entries.putAll(map.entries());
        }
        return own.with(new YamlMap.Entry(section.key(), section.mark(), new YamlMap(section.mark(), entries)));
    }
}
