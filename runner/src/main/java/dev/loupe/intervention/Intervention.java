package dev.loupe.intervention;

import dev.loupe.plan.Planning;

/**
 * What is changed inside a run. The permits clause is the registry: a new intervention is one record, one word here and
 * one test.
 */
public sealed interface Intervention permits Ablate, Patch, Steer {
    /**
     * The dataset whose run is edited.
     *
     * @param on the dataset that the measurement is made on
     */
    default String edited(String on) {
        return on;
    }

    /** The dataset whose unedited run gives what is written, empty where there is no such run. */
    default String source(String on) {
        return "";
    }

    /**
     * Resolves it for one model, adding the steps whose values it writes.
     *
     * @param on the dataset that the measurement is made on
     */
    Sweep sweep(Planning planning, String on);

    /** In words, for captions. */
    String describe();
}
