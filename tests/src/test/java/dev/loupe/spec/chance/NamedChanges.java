package dev.loupe.spec.chance;

import dev.loupe.analysis.planning.Redrawn;

/** Each change as text, with the seed that it was asked for. */
final class NamedChanges implements NullChanges<String> {
    @Override
    public String untrained(long seed) {
        return "weights " + seed;
    }

    @Override
    public String shuffledTokens(long seed) {
        return "tokens " + seed;
    }

    @Override
    public String shuffledTargets(long seed, boolean ofOtherRows) {
        return "targets " + seed + (ofOtherRows ? " of others" : "");
    }

    @Override
    public String shuffledPairs(long seed) {
        return "pairs " + seed;
    }

    @Override
    public String redrawn(Redrawn what, long seed) {
        return what + " " + seed;
    }
}
