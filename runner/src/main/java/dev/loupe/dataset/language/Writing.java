package dev.loupe.dataset.language;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How documents of one register are written. It is a table that never changes; a document so far is a {@link Place}. */
interface Writing {
    /** How many token ids are its own. */
    int size();

    /** The labels that it puts on tokens. */
    List<Construct.Kind> labels();

    /** The names of positions at which earlier tokens than the last decide the next one. */
    List<String> decisions();

    /** Token ids that metrics may ask for, by the name of a column of every row. */
    default Map<String, Integer> columns() {
        return Map.of();
    }

    /** An empty document. */
    Place begin();

    /** A place in a document, after some of its tokens. */
    interface Place {
        /** The next token of the document. */
        void read(int token);

        /** How the token after it is drawn: weights add up to 1. */
        Mixture next();

        /** Which of {@link Writing#decisions} the next token is; null for none. */
        @Nullable
        String asked();

        /** The values of the labels at the last token, in their order, where {@code following} comes after it. */
        int[] labels(int following);
    }
}
