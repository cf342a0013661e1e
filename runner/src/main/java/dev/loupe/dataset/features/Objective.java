package dev.loupe.dataset.features;

/** What a training on a dataset lowers. */
public enum Objective {
    /** Squared error times the importance of the output, averaged over rows and outputs. */
    SQUARED,
    /** Negative log-probability of the target class in nats, averaged over rows; a target is a one-hot vector. */
    CROSS_ENTROPY
}
