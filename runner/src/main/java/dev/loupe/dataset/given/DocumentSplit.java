package dev.loupe.dataset.given;

import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;

/** A part of the documents. Equal documents are in the same part, wherever they stand and whatever others there are. */
@Doc(
        "A part of the documents, for finding something on one part and testing it on the other. A document belongs to the "
                + "same part in every dataset with the same `train` and `seed`, and equal documents are never in both.")
public record DocumentSplit(
        @Doc("Which part: `train` or `test`.") Part part,

        @Doc("The share of documents in `train`.") @Default("0.7")
        double train,

        @Doc("Seed of the split.") @Default("0") long seed) {
    /** The parts. */
    public enum Part {
        TRAIN,
        TEST
    }

    public DocumentSplit {
        if (!(train > 0 && train < 1)) {
            throw new IllegalArgumentException("`train` must be between 0 and 1, not " + train);
        }
    }

    boolean admits(String document) {
        long hash = RowRandom.mix(seed);
        for (int i = 0; i < document.length(); i++) {
            hash = RowRandom.mix(hash ^ (document.charAt(i) + 1L) * 0x9E3779B97F4A7C15L);
        }
        return (hash >>> 11) * 0x1.0p-53 < train == (part == Part.TRAIN);
    }
}
