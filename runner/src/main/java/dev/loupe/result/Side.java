package dev.loupe.result;

/** On which side of what chance gives a find stands. */
public enum Side {
    /** Above: the larger the number, the more it shows. */
    HIGHER,
    /** Below: the smaller the number, the more it shows, as with a loss. */
    LOWER,
    /** On either: the number is signed, and its size shows. */
    BOTH;

    /** Whether {@code a} shows more than {@code b}. */
    public boolean more(double a, double b) {
        return strength(a) > strength(b);
    }

    /** A number that grows with what is shown; NaN where undefined. */
    public double strength(double value) {
        return switch (this) {
            case HIGHER -> value;
            case LOWER -> -value;
            case BOTH -> Math.abs(value);
        };
    }
}
