package dev.loupe.result;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with named axes, as a page draws them.
 *
 * @param figure how to draw it; {@link Figure#AUTO} chooses by the axes
 * @param unit "nats", "share of attention", "" for a pure number
 * @param interval absent where the number is exact; its ends have the estimate's axes
 * @param chance absent where nothing was searched
 * @param setting what it was measured on
 */
public record Quantity(
        String name,
        String title,
        String doc,
        Figure figure,
        String unit,
        NamedArray estimate,
        @Nullable Interval interval,
        @Nullable NullBand chance,
        Setting setting)
        implements Artifact {
    /** What is said of a quantity whose every number is undefined. */
    public static final String UNDEFINED =
            "undefined everywhere: no row has the values that it reads, or it " + "divides by 0";

    /**
     * Why numbers are undefined, after "it is"; empty where all are defined, or some are and nobody said why others are not: what
     * was said of a measurement holds for those of its parts that lack numbers.
     */
    public String whyUndefined() {
        String reason = setting.undefined();
        if (reason.isEmpty()) {
            return estimate.undefined() ? UNDEFINED : "";
        }
        if (Arrays.stream(estimate.data()).noneMatch(Double::isNaN)) {
            return "";
        }
        return (estimate.undefined() ? "undefined: " : "undefined in part: ") + reason;
    }

    /** How many rows its numbers are read on: those that were sampled, or all that exist; null where they are of none. */
    public @Nullable Integer n() {
        return interval == null ? setting.rows() : Integer.valueOf(interval.n());
    }

    /** A quantity that stands alone. */
    public Quantity(
            String name,
            String title,
            String doc,
            Figure figure,
            String unit,
            NamedArray estimate,
            @Nullable Interval interval,
            @Nullable NullBand chance) {
        this(name, title, doc, figure, unit, estimate, interval, chance, Setting.UNKNOWN);
    }

    public Quantity {
        if (interval != null
                && !(interval.low().axes().equals(estimate.axes())
                        && interval.high().axes().equals(estimate.axes()))) {
            throw new IllegalArgumentException("the interval of " + name + " has the axes "
                    + NamedArray.describe(interval.low().axes()) + " and "
                    + NamedArray.describe(interval.high().axes()) + ", the estimate "
                    + NamedArray.describe(estimate.axes()));
        }
    }
}
