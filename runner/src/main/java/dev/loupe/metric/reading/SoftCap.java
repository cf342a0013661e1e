package dev.loupe.metric.reading;

/** The soft-cap {@code c tanh(s / c)} of scores and logits, undone. */
public final class SoftCap {
    private SoftCap() {}

    /**
     * What was capped.
     *
     * @param cap -1 where nothing is capped, and the value is returned
     * @return infinite where the value has reached the cap
     */
    public static double before(double value, double cap) {
        return cap == -1 ? value : cap / 2 * Math.log((cap + value) / (cap - value));
    }
}
