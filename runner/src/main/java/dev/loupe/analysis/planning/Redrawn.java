package dev.loupe.analysis.planning;

/** What a null draws at random inside a measurement, on the same model and the same rows. */
public enum Redrawn {
    /** The attention patterns of each row: those of another row. */
    PATTERNS,
    /** Differences between two runs: random directions of equal norm. */
    DIRECTIONS,
    /** The circuit that was found: a random one of as many edges. */
    CIRCUIT,
    /** What each neuron writes: what another neuron of its layer does. */
    PAIRING
}
