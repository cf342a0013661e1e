package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;

/**
 * A null for a search over components: the same measurement, drawn several times with something changed. It says itself what
 * it changes, which measurements it is a null of and how it is told.
 */
public sealed interface NullChoice
        permits UntrainedNull,
                ShuffledTokensNull,
                ShuffledTargetsNull,
                OtherRowsNull,
                RandomDirectionsNull,
                RandomCircuitsNull,
                ShuffledNeuronsNull,
                ShuffledPairsNull {
    /** How many draws. */
    int draws();

    /** Seed of the first draw; the next ones count up. */
    long seed();

    /** What one draw changes. */
    <C> C drawn(NullChanges<C> possible, long seed);

    /** Whether it changes weights, and so is a null also of what reads no rows. */
    boolean changesWeights();

    /**
     * Refuses measurements that it is no null of.
     *
     * @throws IllegalArgumentException which says why
     */
    void check(Analysis analysis);

    /**
     * What the draws are, in words that follow "of" or "in".
     *
     * @param number how many there are
     */
    String words(int number);

    /** What stands between an extreme over components and the draws that it was taken in. */
    default String joint() {
        return "in";
    }

    /**
     * Refuses measurements other than those that a null is for.
     *
     * @throws IllegalArgumentException which says what it is for
     */
    static void only(boolean suits, String name, String what) {
        if (!suits) {
            throw new IllegalArgumentException("`" + name + "` is a null for " + what + "; use another one here");
        }
    }

    /** @throws IllegalArgumentException where a null has too few or too many draws */
    static void limited(int draws, String what) {
        if (draws < 2 || draws > 1000) {
            throw new IllegalArgumentException("a null needs 2 to 1000 " + what + ", not " + draws);
        }
    }
}
