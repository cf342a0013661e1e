package dev.loupe.report.rating;

/**
 * A share of things that were counted.
 *
 * @param of how many there are, at least one
 */
public record Share(int count, int of) {
    private static final double Z = 1.959963984540054;

    /** From where to where a number lies. */
    public record Range(double low, double high) {}

    public Share {
        if (of < 1 || count < 0 || count > of) {
            throw new IllegalArgumentException(count + " of " + of + " is not a share");
        }
    }

    public double value() {
        return count / (double) of;
    }

    /** 95 %, by Wilson's score. */
    public Range interval() {
        double p = value();
        double square = Z * Z / of;
        double middle = (p + square / 2) / (1 + square);
        double half = Z / (1 + square) * Math.sqrt(p * (1 - p) / of + square / (4 * of));
        return new Range(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /** Of the difference of this and another share of other things, 95 %: Newcombe's hybrid score (1998, method 10). */
    public Range less(Share other) {
        Range own = interval();
        Range others = other.interval();
        double difference = value() - other.value();
        return new Range(
                difference - Math.hypot(value() - own.low(), others.high() - other.value()),
                difference + Math.hypot(own.high() - value(), other.value() - others.low()));
    }
}
