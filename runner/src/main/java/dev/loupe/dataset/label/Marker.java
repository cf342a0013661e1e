package dev.loupe.dataset.label;

import java.util.List;

/** Marks documents with labels of its own. */
public interface Marker {
    /** The labels that it gives. */
    List<LabelKind> kinds();

    /** Marks a document. */
    void mark(Marks marks);
}
