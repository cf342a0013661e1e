package dev.loupe.report.draw;

import java.util.ArrayList;
import java.util.List;

/** A linear scale from numbers to pixels, with round ticks. */
public record Scale(double low, double high, double from, double to) {
    /** The domain widened to round ends, or just beyond them; an empty or single-valued one is given some room. */
    public static Scale nice(double low, double high, double from, double to) {
        if (!Double.isFinite(low) || !Double.isFinite(high)) {
            return new Scale(0, 1, from, to);
        }
        if (low == high) {
            double room = low == 0 ? 1 : Math.abs(low) * 0.5;
            low -= room;
            high += room;
        }
        double step = step(low, high, 5);
        double floor = Math.floor(low / step + 1e-9) * step;
        double ceiling = Math.ceil(high / step - 1e-9) * step;
        // A number just beyond a tick does not need the whole next step.
        return new Scale(
                floor + step - low < 0.25 * step ? low - 0.05 * step : floor,
                high - (ceiling - step) < 0.25 * step ? high + 0.05 * step : ceiling,
                from,
                to);
    }

    /** The pixel of a number; what lies beyond the scale, infinities among it, is drawn at its end. */
    public double at(double value) {
        double pixel = from + (value - low) / (high - low) * (to - from);
        return Double.isNaN(pixel) ? from : Math.max(Math.min(from, to), Math.min(Math.max(from, to), pixel));
    }

    public List<Double> ticks(int about) {
        double step = step(low, high, about);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A tick as short text, with as many digits as its neighbours need. */
    public String tickText(double tick, int about) {
        double step = step(low, high, about);
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        if (decimals > 4 || Math.abs(high) >= 1e6 || Math.abs(low) >= 1e6) {
            return Numbers.show(Math.abs(tick) < step * 1e-6 ? 0 : tick);
        }
        return decimals == 0 ? Numbers.show(Math.rint(tick)) : Numbers.fixed(tick, decimals);
    }

    private static double step(double low, double high, int about) {
        double raw = (high - low) / about;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double rest = raw / power;
        return power * (rest > 5 ? 10 : rest > 2 ? 5 : rest > 1 ? 2 : 1);
    }
}
