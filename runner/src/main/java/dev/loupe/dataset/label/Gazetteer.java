package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.failure.Reason;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Names of classes from a file. */
@Named("gazetteer")
@Doc(
        "Names from a file, each line a class, a tab and a name: the category `gazetteer` of the longest name at each place.")
@Example("{gazetteer: names.tsv}")
public record Gazetteer(
        @Doc("The file, in UTF-8, in the folder of the spec or below it.")
        DataFile gazetteer) implements Labeller {
    private static final String LABEL = "gazetteer";

    @Override
    public Marker marker(Sources sources) {
        Map<String, String> names = names(sources);
        List<String> classes = List.copyOf(new LinkedHashSet<>(names.values()));
        NameTrie trie = new NameTrie();
        names.forEach((name, of) -> trie.add(name, classes.indexOf(of)));
        return new Marker() {
            @Override
            public List<LabelKind> kinds() {
                return List.of(LabelKind.category(LABEL, classes).ahead());
            }

            @Override
            public void mark(Marks marks) {
                trie.find(marks.text(), (start, end, of) -> marks.value(LABEL, start, end, of));
            }
        };
    }

    /** Classes by name. */
    private Map<String, String> names(Sources sources) {
        Map<String, String> names = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(sources)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.split("\t", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new DatasetException(
                        LABEL,
                        gazetteer + ":" + number + ": a line has a class, a tab and a name, not \"" + line + "\"");
            }
            String before = names.put(parts[1].strip(), parts[0].strip());
            if (before != null && !before.equals(parts[0].strip())) {
                throw new DatasetException(
                        LABEL,
                        gazetteer + ":" + number + ": \"" + parts[1] + "\" is of the class " + before
                                + " already: a name has one class");
            }
        }
        if (names.isEmpty()) {
            throw new DatasetException(LABEL, gazetteer + " has no names");
        }
        return names;
    }

    private List<String> lines(Sources sources) {
        try {
            return Files.readAllLines(sources.file(LABEL, gazetteer));
        } catch (IOException e) {
            throw new DatasetException(LABEL, "`" + gazetteer + "` cannot be read: " + Reason.of(e));
        }
    }
}
