package dev.loupe.schema.compose;

import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.shape.PartsInPlace;
import dev.loupe.schema.shape.YamlCodec;
import dev.loupe.schema.shape.YamlCodecs;
import dev.loupe.schema.yaml.TreeBuilder;
import dev.loupe.schema.yaml.TreeSize;
import dev.loupe.schema.yaml.YamlMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A spec file as one tree: the files it extends, then a variant, then {@code --set}, then what its parts extend. In this
 * order, so that a part that extends a sibling sees what a variant or the command line changed in that sibling.
 */
public final class SpecComposition {

    private final FormerKeys former;
    private final YamlCodec document;
    private final Dependents dependents;

    /**
     * @param document the record that the composed tree is bound to
     * @param dependents which of its parts cannot be there without others
     */
    public SpecComposition(Class<?> document, Dependents dependents) {
        former = FormerKeys.of(document);
        this.document = new YamlCodecs().of(document);
        this.dependents = dependents;
    }

    /**
     * Reads and composes a spec.
     *
     * @param root the folder that no {@code extends} may leave
     * @param variant the variant to merge in, or null
     * @param sets {@code path=value} texts in the order given
     * @param problems takes everything that is wrong
     * @return the tree, or null where there is none to go on with
     */
    public @Nullable YamlMap read(
            Path file, Path root, @Nullable String variant, List<String> sets, Problems problems) {
        YamlMap whole = whole(file, root, problems);
        return whole == null ? null : compose(whole, variant, sets, problems);
    }

    /** A spec and the files that it extends as one tree, with its variants beside it; null where it cannot be read. */
    public @Nullable YamlMap whole(Path file, Path root, Problems problems) {
        return new FileExtends(root, former, new Layer(document, dependents, problems), problems).read(file);
    }

    /** A spec's variants as they are written, by name; none where it cannot be read. */
    public YamlMap variants(Path file, Path root, Problems problems) {
        YamlMap whole = whole(file, root, problems);
        return whole == null ? new YamlMap(SourceLocation.start(file.toString()), Map.of()) : variants(whole);
    }

    /** The variants that lie beside a whole spec. */
    public YamlMap variants(YamlMap whole) {
        return whole.get(Variants.KEY) instanceof YamlMap all ? all : new YamlMap(whole.mark(), Map.of());
    }

    /**
     * A composed spec.
     *
     * @param bases by the place of every mapping that extended another beside it: the place of that other one
     */
    public record Composed(YamlMap tree, Map<SourceLocation, SourceLocation> bases) {}

    /** Composes a tree whose files are already one. */
    public @Nullable YamlMap compose(YamlMap whole, @Nullable String variant, List<String> sets, Problems problems) {
        Composed composed = composed(whole, variant, sets, problems);
        return composed == null ? null : composed.tree();
    }

    /** The same, with which mappings extend which. */
    public @Nullable Composed composed(YamlMap whole, @Nullable String variant, List<String> sets, Problems problems) {
        YamlMap varied = Variants.apply(whole, variant, new Layer(document, dependents, problems), problems);
        YamlMap set = new Overrides(former, problems).apply(varied, sets);
        SiblingExtends siblings = new SiblingExtends(problems);
        YamlMap composed = siblings.resolve(set);
        // Each extends may double what it names, so the whole can be far larger than the files.
        SourceLocation excess = TreeSize.excess(composed);
        if (excess != null) {
            problems.add(
                    excess,
                    "too-large",
                    "the spec with all `extends` and aliases expanded is larger than " + TreeBuilder.MOST_NODES
                            + " values or " + TreeBuilder.MOST_LEVELS + " levels");
            return null;
        }
        return new Composed(PartsInPlace.moved(composed, document), siblings.bases());
    }
}
