package dev.loupe.report.compare;

import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where specs differ: every path of the specs with all defaults whose value is not the same in all of them. */
public final class SpecDifferences {
    /** What a spec that lacks the path says. */
    public static final String ABSENT = "";

    private SpecDifferences() {}

    /**
     * One difference.
     *
     * @param path such as {@code dataset.repeats.rows}
     * @param values one for each run; {@link #ABSENT} where the spec has no such path
     */
    public record Row(String path, List<String> values) {
        /** Whether every run has it. */
        public boolean everywhere() {
            return !values.contains(ABSENT);
        }
    }

    /** @param specs as YAML, with every default */
    public static List<Row> of(List<String> specs) {
        List<Map<String, String>> flat = specs.stream()
                .map(text -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    if (!text.isBlank()) {
                        flatten("", YamlTree.parse(text, "resolved spec"), values);
                    }
                    return values;
                })
                .toList();
        return rows(flat);
    }

    /** The same of texts that stand under names already, such as hashes. */
    public static List<Row> rows(List<Map<String, String>> each) {
        Set<String> paths = new LinkedHashSet<>();
        each.forEach(values -> paths.addAll(values.keySet()));
        List<Row> rows = new ArrayList<>();
        for (String path : paths) {
            List<String> values =
                    each.stream().map(known -> known.getOrDefault(path, ABSENT)).toList();
            if (values.stream().distinct().count() > 1) {
                rows.add(new Row(path, values));
            }
        }
        return rows;
    }

    private static void flatten(String path, YamlTree tree, Map<String, String> into) {
        if (tree instanceof YamlMap map && !map.isEmpty()) {
            map.entries()
                    .forEach((key, entry) -> flatten(path.isEmpty() ? key : path + "." + key, entry.value(), into));
        } else if (tree instanceof YamlList list
                && list.items().stream().anyMatch(item -> !(item instanceof YamlScalar))) {
            for (int i = 0; i < list.items().size(); i++) {
                flatten(path + "[" + i + "]", list.items().get(i), into);
            }
        } else {
            into.put(path, written(tree));
        }
    }

    private static String written(YamlTree tree) {
        if (tree instanceof YamlScalar scalar) {
            return scalar.isNull() ? "null" : scalar.text();
        }
        if (tree instanceof YamlList list) {
            return list.items().stream().map(SpecDifferences::written).collect(Collectors.joining(", ", "[", "]"));
        }
        return "{}";
    }
}
