package dev.loupe.dataset.rows;

import dev.loupe.schema.annotation.Doc;

/** Which part of all combinations a draw may use. What is held out is so in every draw of every seed. */
public enum HeldOut {
    @Doc("All combinations.")
    ALL,
    @Doc("Only combinations that are not held out.")
    TRAIN,
    @Doc("Only held-out combinations.")
    TEST;

    /** Whether a combination belongs to this part: its hash, as a number in [0, 1), against the held-out share. */
    public boolean admits(int[] combination, double share) {
        return this == ALL || isHeldOut(combination, share) == (this == TEST);
    }

    static boolean isHeldOut(int[] combination, double share) {
        long hash = RowRandom.mix(combination.length);
        for (int value : combination) {
            hash = RowRandom.mix(hash ^ (value + 1L) * 0x9E3779B97F4A7C15L);
        }
        return (hash >>> 11) * 0x1.0p-53 < share;
    }

    public static void checkShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("`held-out` must be between 0 and 1, not " + share);
        }
    }
}
