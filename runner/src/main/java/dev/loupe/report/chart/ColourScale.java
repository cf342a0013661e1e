package dev.loupe.report.chart;

/**
 * Which of the palette's steps a number gets. Diverging and symmetric around zero for signed numbers, sequential from
 * zero for shares and other numbers that cannot be negative. The steps are CSS classes, so that light, dark and print
 * each give them colours: {@code n20..n1 z p1..p20} and {@code s0..s20}; {@code na} where undefined.
 *
 * @param top the number that gets the last step
 */
public record ColourScale(boolean diverging, double top) {
    public static final int STEPS = 20;

    /** The scale for these numbers; shares of one get the whole of [0, 1] where any is above a half. */
    public static ColourScale of(double[] values, String unit) {
        double largest = 0;
        boolean negative = false;
        for (double value : values) {
            if (Double.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value));
                negative |= value < 0;
            }
        }
        if (!negative && largest > 0.5 && largest <= 1.0001) {
            largest = 1;
        }
        return new ColourScale(negative, largest == 0 ? 1 : largest);
    }

    public String step(double value) {
        if (Double.isNaN(value)) {
            return "na";
        }
        int k = (int) Math.max(-STEPS, Math.min(STEPS, Math.round(value / top * STEPS)));
        if (!diverging) {
            return "s" + Math.max(0, k);
        }
        return k == 0 ? "z" : k < 0 ? "n" + -k : "p" + k;
    }

    double bottom() {
        return diverging ? -top : 0;
    }
}
