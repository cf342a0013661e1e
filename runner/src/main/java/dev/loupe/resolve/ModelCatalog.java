package dev.loupe.resolve;

import dev.loupe.model.ModelFolder;
import dev.loupe.model.card.CardFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where models are looked for by name: cards first, then folders with a model. Folders are searched in order.
 *
 * @param folders {@code --models} folders, then LOUPE_MODELS, then the project's own models/
 */
public record ModelCatalog(List<Path> folders) {
    public ModelCatalog {
        folders = List.copyOf(folders);
    }

    /** The card of that name, null when no folder has one. */
    public @Nullable CardFile card(String name) {
        for (Path folder : folders) {
            Path file = CardFile.locate(folder, name);
            if (Files.isRegularFile(file)) {
                return CardFile.read(file);
            }
        }
        return null;
    }

    /** The folder of that name with a model in it, null when there is none. */
    public @Nullable Path folder(String name) {
        for (Path folder : folders) {
            Path found = folder.resolve(name);
            if (ModelFolder.isIn(found)) {
                return found;
            }
        }
        return null;
    }

    /** Every name that can be found. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> entries = Files.list(folder)) {
                entries.forEach(entry -> {
                    String name = entry.getFileName().toString();
                    boolean model = Files.isRegularFile(entry.resolve("card.yaml")) || ModelFolder.isIn(entry);
                    if (model) {
                        names.add(name);
                    } else if (name.endsWith(".yaml")) {
                        names.add(name.substring(0, name.length() - 5));
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ArrayList<>(names);
    }
}
