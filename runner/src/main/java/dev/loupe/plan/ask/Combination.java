package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Doc;
import java.util.Locale;

/** How the numbers of several measurements become one. An undefined number makes the result undefined. */
public enum Combination {
    @Doc("The first minus the second.")
    DIFFERENCE(" - ") {
        @Override
        public double of(double left, double right, double least) {
            return left - right;
        }
    },
    @Doc("The first divided by the second.")
    RATIO(" / ") {
        @Override
        public double of(double left, double right, double least) {
            return right == 0 || Math.abs(right) < least ? Double.NaN : left / right;
        }
    },
    @Doc("The sum of all.")
    SUM(" + ") {
        @Override
        public double of(double left, double right, double least) {
            return left + right;
        }
    },
    @Doc("The product of all.")
    PRODUCT(" x ") {
        @Override
        public double of(double left, double right, double least) {
            return left * right;
        }
    };

    private final String sign;

    Combination(String sign) {
        this.sign = sign;
    }

    /** @param least a divisor nearer to 0 has no ratio */
    public abstract double of(double left, double right, double least);

    /** Whether it is of two numbers, and not of any count. */
    public boolean ofTwo() {
        return this == DIFFERENCE || this == RATIO;
    }

    /** What stands between its parts. */
    public String sign() {
        return sign;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
