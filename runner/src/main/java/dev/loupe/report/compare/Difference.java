package dev.loupe.report.compare;

import dev.loupe.result.Quantiles;
import org.jspecify.annotations.Nullable;

/**
 * A number of a later run minus that of the first run.
 *
 * @param low lower end of its interval, NaN where there is none
 * @param high upper end of its interval, NaN where there is none
 * @param level coverage of the interval, 1 where the numbers are exact
 * @param rounding a smaller difference is one of last digits
 */
public record Difference(double value, double low, double high, double level, Kind kind, double rounding) {
    /** Of the larger number: some units in the last place of float32, as other processors and packed results have them. */
    private static final double LAST_DIGITS = 1e-6;

    /** What the interval of a difference rests on. */
    public enum Kind {
        EXACT("exact: neither number depends on drawn rows"),
        PAIRED("paired: both runs read the same rows, which are resampled together"),
        INDEPENDENT(
                "independent: the runs read different rows, or drew the same rows otherwise, so that each is resampled by itself"),
        WIDE("wide: at least one run kept no resamples, so the ends of both intervals are subtracted");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** The first of the words. */
        public String word() {
            return words.substring(0, words.indexOf(':'));
        }
    }

    /**
     * A number of one run.
     *
     * @param low lower end of its interval, NaN where the number is exact
     * @param draws the number on every resample, null where they were not kept or the number is exact
     */
    public record Side(double value, double low, double high, double @Nullable [] draws) {
        boolean exact() {
            return Double.isNaN(low) && Double.isNaN(high);
        }
    }

    /**
     * @param sameDraws whether draw b of both counts the same rows
     * @param level coverage of the interval
     */
    public static Difference of(Side first, Side later, boolean sameDraws, double level) {
        double value = later.value() - first.value();
        double rounding = LAST_DIGITS * Math.max(Math.abs(first.value()), Math.abs(later.value()));
        if (first.exact() && later.exact()) {
            return new Difference(value, Double.NaN, Double.NaN, 1, Kind.EXACT, rounding);
        }
        double[] a = first.draws();
        double[] b = later.draws();
        if (a != null && b != null) {
            // Equal seeds count the rows of unlike data by the same places; half a turn apart the draws are
            // independent.
            int turn = sameDraws ? 0 : b.length / 2;
            double[] draws = new double[Math.min(a.length, b.length)];
            for (int i = 0; i < draws.length; i++) {
                draws[i] = b[(i + turn) % b.length] - a[i];
            }
            return new Difference(
                    value,
                    Quantiles.of(draws, (1 - level) / 2),
                    Quantiles.of(draws, (1 + level) / 2),
                    level,
                    sameDraws ? Kind.PAIRED : Kind.INDEPENDENT,
                    rounding);
        }
        double lowest = first.exact() ? first.value() : first.low();
        double highest = first.exact() ? first.value() : first.high();
        return new Difference(
                value,
                (later.exact() ? later.value() : later.low()) - highest,
                (later.exact() ? later.value() : later.high()) - lowest,
                level,
                Kind.WIDE,
                rounding);
    }

    /**
     * Whether the interval leaves 0 out, or the numbers are exact and differ, by more than the rounding of what was computed and
     * stored in float32.
     */
    public boolean differs() {
        return Math.abs(value) > rounding && (kind == Kind.EXACT || low > 0 || high < 0);
    }
}
