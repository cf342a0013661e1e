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
        YamlMap whole = files(root, problems).read(file);
        return whole == null ? null : compose(whole, variant, sets, problems);
    }

    /** A spec's variants as they are written, by name; none where it cannot be read. */
    public YamlMap variants(Path file, Path root, Problems problems) {
        YamlMap whole = files(root, problems).read(file);
        return whole != null && whole.get(Variants.KEY) instanceof YamlMap all
                ? all
                : new YamlMap(SourceLocation.start(file.toString()), Map.of());
    }

    /** Which mappings of a spec extend which: their places, as {@link #read} leaves them. */
    public Map<SourceLocation, SourceLocation> bases(
            Path file, Path root, @Nullable String variant, List<String> sets) {
        Problems unheard = new Problems();
        YamlMap whole = files(root, unheard).read(file);
        SiblingExtends siblings = new SiblingExtends(unheard);
        if (whole != null) {
            siblings.resolve(own(whole, variant, sets, unheard));
        }
        return siblings.bases();
    }

    private FileExtends files(Path root, Problems problems) {
        return new FileExtends(root, former, new Layer(document, dependents, problems), problems);
    }

    /** Composes a tree whose files are already one. */
    public @Nullable YamlMap compose(YamlMap whole, @Nullable String variant, List<String> sets, Problems problems) {
        YamlMap composed = new SiblingExtends(problems).resolve(own(whole, variant, sets, problems));
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
        return PartsInPlace.moved(composed, document);
    }

    /** The variant and the settings over the spec; its parts do not have yet what they extend. */
    private YamlMap own(YamlMap whole, @Nullable String variant, List<String> sets, Problems problems) {
        YamlMap varied = Variants.apply(whole, variant, new Layer(document, dependents, problems), problems);
        return new Overrides(former, problems).apply(varied, sets);
    }
}
