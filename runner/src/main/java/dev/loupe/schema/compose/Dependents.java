package dev.loupe.schema.compose;

import dev.loupe.schema.yaml.YamlMap;
import java.util.List;
import java.util.Set;

/** Which parts of a document cannot be there without others. A part is written as its section and name, {@code measure.loss}. */
@FunctionalInterface
public interface Dependents {

    /** Of documents whose parts do not use each other. */
    Dependents NONE = (document, removed, stated) -> List.of();

    /**
     * What goes when parts are removed, in the order of the document; items of a list are counted from 0
     * ({@code claims.3}).
     *
     * @param document everything, with the parts that are removed
     * @param stated parts that stay, whatever they use
     */
    List<String> of(YamlMap document, Set<String> removed, Set<String> stated);
}
