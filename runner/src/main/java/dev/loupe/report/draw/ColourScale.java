package dev.loupe.report.draw;

/**
 * Which of the palette's steps a number gets. Diverging and symmetric around its centre for numbers on both sides of it,
 * sequential from the centre for shares and other numbers that cannot lie below it. The steps are CSS classes, so that light,
 * dark and print each give them colours: {@code n20..n1 z p1..p20} and {@code s0..s20}; {@code na} where undefined.
 *
 * @param centre the number that gets no colour
 * @param reach how far from it the last step lies
 */
public record ColourScale(boolean diverging, double centre, double reach) {
    public static final int STEPS = 20;

    /** The scale for these numbers; shares of one get the whole of [0, 1] where any is above a half. */
    public static ColourScale of(double[] values) {
        return around(0, values, 0);
    }

    /** @param least how far the scale reaches at least, so that noise looks pale */
    public static ColourScale around(double centre, double[] values, double least) {
        double largest = least;
        boolean negative = false;
        for (double value : values) {
            if (Double.isFinite(value)) {
                largest = Math.max(largest, Math.abs(value - centre));
                negative |= value < centre;
            }
        }
        if (!negative && centre == 0 && largest > 0.5 && largest <= 1.0001) {
            largest = 1;
        }
        return new ColourScale(negative, centre, largest == 0 ? 1 : largest);
    }

    public String step(double value) {
        if (Double.isNaN(value)) {
            return "na";
        }
        int k = index(value);
        if (!diverging) {
            return "s" + Math.max(0, k);
        }
        return k == 0 ? "z" : k < 0 ? "n" + -k : "p" + k;
    }

    /** The step as a number from -20 to 20. */
    public int index(double value) {
        return (int) Math.max(-STEPS, Math.min(STEPS, Math.round((value - centre) / reach * STEPS)));
    }

    public double bottom() {
        return diverging ? centre - reach : centre;
    }

    public double top() {
        return centre + reach;
    }
}
