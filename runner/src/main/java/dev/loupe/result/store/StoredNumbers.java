package dev.loupe.result.store;

/** Gives the numbers of a stored tensor by name, when results.json does not repeat them. */
@FunctionalInterface
interface StoredNumbers {
    /** All numbers row-major; {@code count} is how many there must be. */
    double[] read(String name, int count);
}
