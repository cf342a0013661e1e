package dev.loupe.result;

/** A number as exact as float32 is, and as short as its digits allow. */
public final class SingleDecimal {
    private SingleDecimal() {}

    /** 0.1 for float32's nearest to it, and not 0.10000000149011612. */
    public static double of(double value) {
        return Double.parseDouble(Float.toString((float) value));
    }
}
