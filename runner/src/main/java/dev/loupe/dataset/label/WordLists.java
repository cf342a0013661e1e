package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whole words of given lists. */
@Named("words")
@Doc("Whole words of given lists, one label for each list. Case matters.")
@Example("{words: {animals: [cat, dog, polar bear], colours: [red, blue]}}")
public record WordLists(
        @Doc("The words, by the name of the label.") Map<String, List<String>> words) implements Labeller, Marker {
    public WordLists {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        words.forEach((name, list) -> {
            if (list.isEmpty() || list.stream().anyMatch(String::isEmpty)) {
                throw new IllegalArgumentException("`words` has no words, or an empty one, in `" + name + "`");
            }
        });
    }

    @Override
    public Marker marker(Sources sources) {
        return this;
    }

    @Override
    public List<LabelKind> kinds() {
        return words.entrySet().stream()
                .map(list -> list.getValue().stream().anyMatch(word -> word.indexOf(' ') >= 0)
                        ? LabelKind.flag(list.getKey()).ahead()
                        : LabelKind.flag(list.getKey()))
                .toList();
    }

    @Override
    public void mark(Marks marks) {
        words.forEach((name, list) -> {
            NameTrie names = new NameTrie();
            list.forEach(word -> names.add(word, 0));
            names.find(marks.text(), (start, end, of) -> marks.flag(name, start, end));
        });
    }
}
