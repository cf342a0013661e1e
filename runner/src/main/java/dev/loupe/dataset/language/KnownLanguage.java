package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.NextTokens;
import org.jspecify.annotations.Nullable;

/** A generator that knows the probability of every token given those before it. */
public interface KnownLanguage {
    /** These probabilities, for rows of this variant. */
    NextTokens truth();

    /** The same language with other rows. */
    KnownLanguage withRows(int rows, @Nullable Long seed);
}
