package dev.loupe.schema.compose;

import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.shape.Binding;
import dev.loupe.schema.yaml.YamlLoader;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The top-level {@code extends: other.yaml}: the file is merged over the one it names, key by key. The path is relative
 * to the file that names it; it may neither leave the project's root, by {@code ..} or by a link, nor come back to a
 * file on the way.
 */
final class FileExtends {

    static final String KEY = "extends";

    /** A chain longer than this is a mistake. */
    private static final int LONGEST_CHAIN = 16;

    private final Path root;
    private final Problems problems;
    private final Deque<Path> chain = new ArrayDeque<>();

    FileExtends(Path root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    @Nullable
    YamlMap read(Path file) {
        YamlTree tree = YamlLoader.read(file, problems);
        if (tree == null) {
            return null;
        }
        if (!(tree instanceof YamlMap map)) {
            problems.add(tree.mark(), "wrong-type", "expected a mapping, found " + tree.describe());
            return null;
        }
        YamlTree named = map.get(KEY);
        if (named == null) {
            return map;
        }
        YamlMap own = map.without(KEY);
        if (!(named instanceof YamlScalar scalar) || scalar.isNull()) {
            problems.add(named.mark(), "wrong-type", "expected the path of a file, found " + named.describe());
            return own;
        }
        chain.push(real(file));
        Path target = target(file, scalar);
        YamlMap base = target == null ? null : read(target);
        chain.pop();
        return base == null ? own : own.over(base);
    }

    private @Nullable Path target(Path file, YamlScalar named) {
        Path target;
        try {
            target = file.resolveSibling(named.text()).normalize();
        } catch (InvalidPathException e) {
            problems.add(named.mark(), "bad-extends", "`" + Binding.shorten(named.text()) + "` is not a path");
            return null;
        }
        Path real = real(target);
        if (!real.startsWith(real(root))) {
            problems.add(named.mark(), "bad-extends", "`" + Binding.shorten(named.text()) + "` is outside the project");
            return null;
        }
        if (!Files.isRegularFile(target)) {
            problems.add(named.mark(), "bad-extends", "there is no file " + target);
            return null;
        }
        if (chain.contains(real)) {
            problems.add(named.mark(), "bad-extends", "`" + named.text() + "` extends this file in a circle");
            return null;
        }
        if (chain.size() >= LONGEST_CHAIN) {
            problems.add(named.mark(), "bad-extends", "more than " + LONGEST_CHAIN + " files extend each other");
            return null;
        }
        return target;
    }

    /** With links followed as far as the path exists. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
