package dev.loupe.resolve.model;

import dev.loupe.spec.ModelChoice;

/** Models that are tables of probabilities of a dataset, which is read when they are resolved. */
public interface TableFamilies {
    /** @param like the family whose tokens are counted */
    ModelFamily ngram(String name, ModelChoice.NgramOf choice, ModelFamily like);

    ModelFamily truth(String name, ModelChoice.Truth choice);
}
