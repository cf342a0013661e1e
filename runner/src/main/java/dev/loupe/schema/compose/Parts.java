package dev.loupe.schema.compose;

import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Named parts of a document, each written as its section and name, {@code measure.loss}, or item of a list, {@code claims.3}. */
final class Parts {

    private Parts() {}

    /** The document without some of its parts. */
    static YamlMap without(YamlMap document, Collection<String> parts) {
        YamlMap left = document;
        for (Map.Entry<String, List<String>> section : bySection(parts).entrySet()) {
            YamlTree value = left.get(section.getKey());
            YamlTree fewer = value;
            if (value instanceof YamlMap map) {
                for (String name : section.getValue()) {
                    map = map.without(name);
                }
                fewer = map;
            } else if (value instanceof YamlList list) {
                List<YamlTree> items = new ArrayList<>(list.items());
                new TreeSet<>(section.getValue().stream().map(Integer::valueOf).toList())
                        .descendingSet()
                        .forEach(index -> items.remove((int) index));
                fewer = new YamlList(list.mark(), items);
            }
            if (fewer != null) {
                left = left.with(new YamlMap.Entry(section.getKey(), fewer.mark(), fewer));
            }
        }
        return left;
    }

    /** For messages: {@code model `two`, measurements `s` and `t`, claims 1 and 3}, items of lists counted from 1. */
    static String said(Collection<String> parts) {
        List<String> said = new ArrayList<>();
        bySection(parts).forEach((section, names) -> {
            boolean items = names.get(0).matches("[0-9]+");
            List<String> shown = names.stream()
                    .map(name -> items ? Integer.toString(Integer.parseInt(name) + 1) : "`" + name + "`")
                    .toList();
            said.add(one(section) + (names.size() == 1 ? " " : "s ") + Count.list(shown));
        });
        return Count.list(said);
    }

    /** For messages, after {@link #said}: which sections have nothing left in a document. */
    static String emptied(YamlMap document, Collection<String> parts) {
        List<String> empty = bySection(parts).keySet().stream()
                .filter(section -> document.get(section) instanceof YamlMap map && map.isEmpty()
                        || document.get(section) instanceof YamlList list
                                && list.items().isEmpty())
                .map(section -> "no " + one(section))
                .toList();
        return empty.isEmpty() ? "" : "; " + Count.list(empty) + " is left";
    }

    /** What a single part of a section is called. */
    private static String one(String section) {
        return section.equals("measure") ? "measurement" : section.replaceAll("s$", "");
    }

    private static Map<String, List<String>> bySection(Collection<String> parts) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        parts.forEach(
                part -> sections.computeIfAbsent(part.substring(0, part.indexOf('.')), section -> new ArrayList<>())
                        .add(part.substring(part.indexOf('.') + 1)));
        return sections;
    }
}
