package dev.loupe.cli;

import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The specs below a folder, and what they say of themselves, without binding them. */
record SpecFolder(Path folder) {
    /** The shipped experiments, none where they are not there. */
    static SpecFolder shipped(Path home) {
        return new SpecFolder(home.resolve("experiments"));
    }

    /** All of them, by their paths; none where there is no such folder. */
    List<Path> specs() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    /** A text of a spec by its key, empty where it has none. */
    static String text(Path spec, String key) {
        return YamlTree.read(spec) instanceof YamlMap map ? text(map, key) : "";
    }

    static String text(YamlMap spec, String key) {
        return spec.get(key) instanceof YamlScalar scalar ? scalar.text() : "";
    }
}
