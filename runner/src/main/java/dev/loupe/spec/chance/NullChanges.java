package dev.loupe.spec.chance;

import dev.loupe.analysis.planning.Redrawn;

/** What can be changed in a measurement that is otherwise planned as it stands, by the seed of one draw. */
public interface NullChanges<C> {
    /** The model, for one of equal architecture with fresh random weights. */
    C untrained(long seed);

    /** Each row's tokens, for the same in a random order. */
    C shuffledTokens(long seed);

    /** Something inside the measurement. */
    C redrawn(Redrawn what, long seed);

    /**
     * The positions that the dataset's labels point to.
     *
     * @param ofOtherRows for those of another row of equal length; else for the same row's in another order
     */
    C shuffledTargets(long seed, boolean ofOtherRows);

    /** The second factor of crossed prompts, for that of another group. */
    C shuffledPairs(long seed);
}
