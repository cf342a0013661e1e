package dev.loupe.schema.shape;

import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parts that are written where only their name would have to stand ({@link NameOf#inPlace()}): {@code apply: {ablate: attn.z}}
 * and {@code read: loss}. Each is moved to its section under a name, so that everything after sees names alone, and the stored
 * spec shows the long form.
 */
public final class PartsInPlace {

    private final RecordShape document;
    private final Map<String, Map<String, YamlMap.Entry>> sections = new LinkedHashMap<>();

    private PartsInPlace(RecordShape document, YamlMap tree) {
        this.document = document;
        document.parts().forEach((key, part) -> {
            if (part.shape() instanceof MapShape named) {
                sections.put(key, entries(named, tree, key));
            }
        });
    }

    /** The document with every such part in its section. */
    public static YamlMap moved(YamlMap tree, YamlCodec shape) {
        return shape instanceof RecordShape document ? new PartsInPlace(document, tree).moved(tree) : tree;
    }

    private static Map<String, YamlMap.Entry> entries(MapShape named, YamlMap tree, String key) {
        YamlTree value = tree.get(key);
        if (value instanceof YamlMap map && named.names(map)) {
            return new LinkedHashMap<>(map.entries());
        }
        Map<String, YamlMap.Entry> lone = new LinkedHashMap<>();
        if (value != null && !value.isNull() && !named.namesIn(value).isEmpty()) {
            lone.put(Declared.LONE, new YamlMap.Entry(Declared.LONE, value.mark(), value));
        }
        return lone;
    }

    private YamlMap moved(YamlMap tree) {
        Map<String, Integer> before = new LinkedHashMap<>();
        sections.forEach((section, entries) -> before.put(section, entries.size()));
        YamlMap changed = tree;
        for (Map.Entry<String, Map<String, YamlMap.Entry>> section : List.copyOf(sections.entrySet())) {
            RecordPart part = document.parts().get(section.getKey());
            if (part == null
                    || !(part.shape() instanceof MapShape named)
                    || !(tree.get(section.getKey()) instanceof YamlMap map)) {
                continue;
            }
            if (named.names(map)) {
                changed = changed.with(new YamlMap.Entry(section.getKey(), map.mark(), each(map, named.element())));
            }
        }
        for (Map.Entry<String, Map<String, YamlMap.Entry>> section : sections.entrySet()) {
            if (section.getValue().size() > before.getOrDefault(section.getKey(), 0)) {
                YamlTree old = tree.get(section.getKey());
                YamlMap all = new YamlMap(old == null ? tree.mark() : old.mark(), section.getValue());
                changed = changed.with(new YamlMap.Entry(section.getKey(), all.mark(), all));
            }
        }
        return changed;
    }

    private YamlMap each(YamlMap named, YamlCodec element) {
        YamlMap changed = named;
        for (YamlMap.Entry entry : named.entries().values()) {
            if (entry.value() instanceof YamlMap value) {
                changed = changed.with(new YamlMap.Entry(entry.key(), entry.mark(), one(entry.key(), value, element)));
            }
        }
        return changed;
    }

    private YamlMap one(String name, YamlMap value, YamlCodec element) {
        YamlMap changed = value;
        for (YamlMap.Entry entry : value.entries().values()) {
            RecordPart part = element.part(value, entry.key());
            if (part != null && part.section() != null && part.inPlace() != null) {
                YamlTree names = names(name, entry.value(), part.section(), part.inPlace());
                changed = changed.with(new YamlMap.Entry(entry.key(), entry.mark(), names));
            }
        }
        return changed;
    }

    private YamlTree names(String owner, YamlTree written, String section, YamlCodec inPlace) {
        if (written instanceof YamlList list) {
            List<YamlTree> items = new ArrayList<>();
            for (YamlTree item : list.items()) {
                String word =
                        item instanceof YamlMap map && inPlace instanceof ChoiceShape choice ? choice.word(map) : null;
                items.add(names(word == null ? owner : word, item, section, inPlace));
            }
            return new YamlList(list.mark(), items);
        }
        Map<String, YamlMap.Entry> known = sections.getOrDefault(section, Map.of());
        if (written instanceof YamlMap map) {
            return declared(free(owner, map, known), map, known);
        }
        boolean word = written instanceof YamlScalar scalar
                && !scalar.isNull()
                && !scalar.text().equals(Declared.LONE)
                && !known.containsKey(scalar.text())
                && inPlace.fits(scalar);
        return word ? declared(((YamlScalar) written).text(), written, known) : written;
    }

    private static YamlTree declared(String name, YamlTree value, Map<String, YamlMap.Entry> known) {
        known.putIfAbsent(name, new YamlMap.Entry(name, value.mark(), value));
        return YamlScalar.quoted(value.mark(), name);
    }

    /** What the part is called: as what holds it, or in a list as its own kind, with a number where that is taken. */
    private static String free(String owner, YamlMap value, Map<String, YamlMap.Entry> known) {
        String name = owner;
        for (int i = 2; known.containsKey(name) && !same(known.get(name).value(), value); i++) {
            name = owner + "-" + i;
        }
        return name;
    }

    /** Wherever they are written. */
    private static boolean same(YamlTree one, YamlTree other) {
        return one.at(other.mark()).equals(other.at(other.mark()));
    }
}
