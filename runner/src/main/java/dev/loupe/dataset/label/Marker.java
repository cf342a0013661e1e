package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Label;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Marks documents with labels of its own. */
public interface Marker {
    /** What it marks characters with. The names of a category's values may be complete after the last document only. */
    List<LabelKind> kinds();

    /** Marks a document. */
    void mark(Marks marks);

    /**
     * The labels of all tokens, by name, after the last document.
     *
     * @param values by the name of each kind [row][pos]
     */
    default Map<String, Label> labels(Map<String, int[][]> values) {
        Map<String, Label> labels = new LinkedHashMap<>();
        for (LabelKind kind : kinds()) {
            labels.put(kind.name(), kind.label(Objects.requireNonNull(values.get(kind.name()), kind.name())));
        }
        return labels;
    }
}
