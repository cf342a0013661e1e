package dev.loupe.schema.compose;

import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.shape.Binding;
import dev.loupe.schema.yaml.YamlLoader;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.text.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final FormerKeys former;
    private final Layer layer;
    private final Problems problems;
    private final Deque<Path> chain = new ArrayDeque<>();

    FileExtends(Path root, FormerKeys former, Layer layer, Problems problems) {
        this.layer = layer;
        this.root = root;
        this.former = former;
        this.problems = problems;
    }

    @Nullable
    YamlMap read(Path file) {
        YamlTree tree = YamlLoader.read(file, problems);
        if (tree == null) {
            return null;
        }
        if (!(tree instanceof YamlMap written)) {
            problems.add(tree.mark(), "wrong-type", "expected a mapping, found " + tree.describe());
            return null;
        }
        FormerKeys.Renamed renamed = former.rename(written);
        warn(renamed.uses(), "run `loupe migrate " + file + "` to rewrite the file");
        YamlMap map = renamed.tree();
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
        return base == null ? own : layer.over(own, base, "`" + file.getFileName() + "`");
    }

    /** Once for each former key, where it is first. */
    private void warn(List<FormerKeys.Use> uses, String remedy) {
        Map<String, List<FormerKeys.Use>> byKey = new LinkedHashMap<>();
        uses.forEach(use ->
                byKey.computeIfAbsent(use.from(), key -> new ArrayList<>()).add(use));
        byKey.forEach((key, all) -> {
            String elsewhere = all.size() == 1 ? "" : " (here and in " + Count.of(all.size() - 1, "other place") + ")";
            problems.warn(
                    all.get(0).mark(),
                    "old-key",
                    "`" + key + "` is now called `" + all.get(0).to() + "`" + elsewhere + "; " + remedy);
        });
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
