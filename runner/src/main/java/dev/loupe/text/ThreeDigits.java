package dev.loupe.text;

import java.math.BigDecimal;
import java.math.MathContext;

/** A number for people, in words that a run stores: three digits, never with an exponent. */
public final class ThreeDigits {
    private ThreeDigits() {}

    /** {@code 0.123}, {@code 1230}, {@code -4}. */
    public static String of(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
