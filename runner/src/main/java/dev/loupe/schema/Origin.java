package dev.loupe.schema;

import dev.loupe.schema.shape.Declared;
import dev.loupe.schema.shape.Reference;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a value was bound from, and how much of it is what was written.
 *
 * @param tree the document
 * @param declared the names that it declares, those of faulty values too
 * @param references every use of such a name
 * @param unsure paths of list items and named values that have a problem
 * @param partial those of them in which something is not known; in the others it is known what was meant
 * @param parts what is known of every part, by its path
 */
public record Origin(
        YamlTree tree,
        Declared declared,
        List<Reference> references,
        Set<String> unsure,
        Set<String> partial,
        Map<String, Object> parts) {
    public Origin {
        references = List.copyOf(references);
        unsure = Set.copyOf(unsure);
        partial = Set.copyOf(partial);
        parts = Map.copyOf(parts);
    }
}
