package dev.loupe.report.chart;

import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which axis of a quantity does what in a chart of series: {@code along} runs along the chart, {@code series} tells
 * lines or bars apart, {@code seed} is drawn as repeats of one series, and the rest are small multiples.
 */
record SeriesLayout(
        Plotted plotted,
        Axis along,
        @Nullable Axis series,
        @Nullable Axis seed) {
    static final int MOST_SERIES = 12;

    static SeriesLayout of(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        if (axes.isEmpty()) {
            throw new IllegalArgumentException(quantity.name() + " is one number and cannot be drawn along an axis");
        }
        Axis seed = null;
        List<Axis> others = new ArrayList<>();
        for (Axis axis : axes) {
            if (axis.name().equals("seed")) {
                seed = axis;
            } else {
                others.add(axis);
            }
        }
        Axis along = others.isEmpty() ? axes.get(axes.size() - 1) : others.remove(others.size() - 1);
        if (along == seed) {
            seed = null;
        }
        Axis series = null;
        if (!others.isEmpty() && others.get(others.size() - 1).size() <= MOST_SERIES) {
            series = others.get(others.size() - 1);
        }
        List<String> last = new ArrayList<>();
        for (Axis axis : new Axis[] {series, seed, along}) {
            if (axis != null) {
                last.add(axis.name());
            }
        }
        return new SeriesLayout(Plotted.of(quantity, last.toArray(new String[0])), along, series, seed);
    }

    int inner() {
        return 1 + (series == null ? 0 : 1) + (seed == null ? 0 : 1);
    }

    int seriesCount() {
        return series == null ? 1 : series.size();
    }

    int seedCount() {
        return seed == null ? 1 : seed.size();
    }

    int flat(Plotted.Slice slice, int s, int repeat, int x) {
        return slice.offset() + (s * seedCount() + repeat) * along.size() + x;
    }

    /** The mean over seeds at one place; NaN where no seed has a number. */
    double mean(Plotted.Slice slice, int s, int x) {
        double sum = 0;
        int n = 0;
        for (int repeat = 0; repeat < seedCount(); repeat++) {
            double value = plotted.values()[flat(slice, s, repeat, x)];
            if (!Double.isNaN(value)) {
                sum += value;
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    String seriesName(int s) {
        return series == null ? "" : Plotted.named(series, s);
    }

    /** The range of all numbers and interval ends, with the chance level where there is one. */
    double[] range(boolean withZero) {
        double low = withZero ? 0 : Double.POSITIVE_INFINITY;
        double high = withZero ? 0 : Double.NEGATIVE_INFINITY;
        for (double[] values : new double[] @Nullable [] {plotted.values(), plotted.low(), plotted.high()}) {
            if (values == null) {
                continue;
            }
            for (double value : values) {
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        if (chance != null) {
            for (double edge : chance.edges()) {
                low = Math.min(low, edge);
                high = Math.max(high, edge);
            }
        }
        if (low >= 0 && low < 0.35 * high) {
            low = 0;
        }
        return new double[] {low, high};
    }
}
