package dev.loupe.claim;

import dev.loupe.result.sample.Resampling;

/**
 * What an expression is evaluated on: the results of one model.
 *
 * @param resampling the bootstrap whose replicates are asked for
 */
public record Findings(Lookup lookup, Resampling resampling) {
    /** Results by name. */
    public interface Lookup {
        /** A measurement or a part of one, such as {@code scores.IND}. */
        Measured get(String reference);
    }

    public Measured get(String reference) {
        return lookup.get(reference);
    }
}
