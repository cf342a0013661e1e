package dev.loupe.schema.yaml;

import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Objects;

/** A YAML document as an immutable tree in which every node knows where it was written. */
public sealed interface YamlTree permits YamlMap, YamlList, YamlScalar {

    /** Where the node begins. */
    SourceLocation mark();

    /** The same tree with every mark replaced: for values that stand for something written elsewhere. */
    YamlTree at(SourceLocation mark);

    /** What the node is, for messages: {@code a mapping}, {@code the number 3}. */
    String describe();

    /** The node is an explicit or empty null. */
    default boolean isNull() {
        return false;
    }

    /**
     * Parses one YAML document.
     *
     * @param file the name that marks carry
     * @throws SpecException where the text is not one safe YAML document
     */
    static YamlTree parse(String text, String file) {
        Problems problems = new Problems();
        YamlTree tree = YamlLoader.parse(text, file, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(tree);
    }

    /**
     * Reads one YAML document.
     *
     * @throws SpecException where the file cannot be read or is not one safe YAML document
     */
    static YamlTree read(Path file) {
        Problems problems = new Problems();
        YamlTree tree = YamlLoader.read(file, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(tree);
    }
}
