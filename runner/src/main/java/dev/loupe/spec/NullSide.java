package dev.loupe.spec;

import dev.loupe.result.Side;

/** On which side of its null a find stands. */
public enum NullSide {
    AUTO,
    HIGHER,
    LOWER,
    BOTH;

    /** @param own what is meant where nothing is asked */
    public Side or(Side own) {
        return this == AUTO ? own : Side.valueOf(name());
    }
}
