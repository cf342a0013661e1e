package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Sources;

/** Marks what the characters of a document are. The permits clause is the registry of this group. */
public sealed interface Labeller
        permits Characters, ColumnLabels, ConlluColumns, Gazetteer, LatexLabels, Patterns, PythonLabels, WordLists {
    /**
     * What marks documents, with everything that it needs read.
     *
     * @throws dev.loupe.dataset.rows.DatasetException where a file that it names is not as it should be
     */
    Marker marker(Sources sources);
}
