package dev.loupe.report.training;

import dev.loupe.result.Interval;
import dev.loupe.result.LevelCrossing;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The step at which a curve has made half of its whole change.
 *
 * @param step undefined (NaN) where the curve does not change, or a number of it is undefined
 * @param low the earliest step of its interval; NaN where there is none
 * @param high the latest step of its interval; infinite where the curve may get there only after its last step
 * @param by what the interval rests on
 */
record Onset(TrainingCurve curve, double step, double low, double high, By by) {
    /** What an interval of a step rests on. */
    enum By {
        NONE(""),
        ENDS("ends of the curve's intervals"),
        ROWS("resampled rows");

        private final String words;

        By(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** @param stored what the run measured of this curve's change, in each model; null where it did not */
    static Onset of(TrainingCurve curve, @Nullable Quantity stored, int model) {
        if (stored != null && curve.component().isEmpty()) {
            NamedArray half = stored.estimate();
            Interval interval = stored.interval();
            return interval == null
                    ? new Onset(curve, half.data()[model], Double.NaN, Double.NaN, By.NONE)
                    : new Onset(
                            curve,
                            half.data()[model],
                            interval.low().data()[model],
                            interval.high().data()[model],
                            By.ROWS);
        }
        double[] values = curve.values();
        double[] lower = curve.low();
        double[] upper = curve.high();
        if (Arrays.stream(values).anyMatch(Double::isNaN) || curve.unchanged()) {
            return new Onset(curve, Double.NaN, Double.NaN, Double.NaN, By.NONE);
        }
        double level = (curve.first() + curve.last()) / 2;
        double up = curve.last() - curve.first();
        double step = LevelCrossing.first(curve.steps(), values, level, up);
        if (lower == null || upper == null) {
            return new Onset(curve, step, Double.NaN, Double.NaN, By.NONE);
        }
        return new Onset(
                curve,
                step,
                LevelCrossing.first(curve.steps(), up > 0 ? upper : lower, level, up),
                orNever(LevelCrossing.first(curve.steps(), up > 0 ? lower : upper, level, up)),
                By.ENDS);
    }

    private static double orNever(double step) {
        return Double.isNaN(step) ? Double.POSITIVE_INFINITY : step;
    }

    boolean defined() {
        return !Double.isNaN(step);
    }

    /** Whether the whole interval lies before the other's. */
    boolean apart(Onset later) {
        return DoubleStream.of(low, high, later.low, later.high).noneMatch(Double::isNaN) && high < later.low;
    }
}
