package dev.loupe.schema.compose;

import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The files that a spec is made of: those in which a part of it was written, and those that a value of it names. */
public final class SourceFiles {
    private final List<Path> folders;
    private final Set<Path> found = new TreeSet<>();

    private SourceFiles(List<Path> folders) {
        this.folders = folders;
    }

    /** @param folders where files lie that a value names */
    public static Set<Path> of(YamlTree tree, List<Path> folders) {
        SourceFiles files = new SourceFiles(folders);
        files.gather(tree);
        return files.found;
    }

    private void gather(YamlTree tree) {
        add(Path.of(tree.mark().file()));
        if (tree instanceof YamlMap map) {
            map.entries().values().forEach(entry -> gather(entry.value()));
        } else if (tree instanceof YamlList list) {
            list.items().forEach(this::gather);
        } else if (tree instanceof YamlScalar scalar) {
            folders.forEach(folder -> named(folder, scalar.text()));
        }
    }

    private void named(Path folder, String text) {
        try {
            add(folder.resolve(text));
        } catch (InvalidPathException e) {
            // Most values are no paths.
        }
    }

    private void add(Path file) {
        if (Files.isRegularFile(file)) {
            found.add(file.toAbsolutePath().normalize());
        }
    }
}
