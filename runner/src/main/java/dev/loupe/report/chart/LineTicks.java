package dev.loupe.report.chart;

import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;

/** The labels along a line chart: round numbers along a dense axis, else as many as fit, the first and the last among them. */
public final class LineTicks {
    private static final int DENSE = 12;
    private static final double LETTER = 6.8;
    private static final double GAP = 8;

    private LineTicks() {}

    /** @param xs the pixel of every label */
    public static void along(Svg svg, Axis axis, AlongAxis across, double[] xs, double floor) {
        if (xs.length == 0) {
            return;
        }
        if (across.zero()) {
            // Two strokes say that the axis is broken between 0 and the first number.
            double broken = (across.from() + across.start()) / 2;
            for (double x : new double[] {broken - 2, broken + 2}) {
                svg.line("tickline", x - 2, floor + 4, x + 2, floor - 4);
            }
        }
        if (AxisKind.ordered(axis) && xs.length > DENSE && !across.logarithmic()) {
            Scale scale = new Scale(across.low(), across.high(), across.from(), across.to());
            if (scale.low() < scale.high()) {
                for (double tick : scale.ticks(8)) {
                    tick(svg, scale.at(tick), scale.tickText(tick, 8), floor);
                }
                return;
            }
        }
        for (int i : fitting(axis, xs)) {
            tick(svg, xs[i], label(axis, i), floor);
        }
    }

    private static List<Integer> fitting(Axis axis, double[] xs) {
        int last = xs.length - 1;
        double end = xs[last] - half(axis, last);
        List<Integer> kept = new ArrayList<>();
        double taken = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < last; i++) {
            boolean free = xs[i] - half(axis, i) > taken + GAP;
            if (free && (i == 0 || xs[i] + half(axis, i) + GAP < end)) {
                kept.add(i);
                taken = xs[i] + half(axis, i);
            }
        }
        kept.add(last);
        return kept;
    }

    private static String label(Axis axis, int index) {
        return VisibleLabel.of(axis.labels().get(index));
    }

    private static double half(Axis axis, int index) {
        return label(axis, index).length() * LETTER / 2;
    }

    private static void tick(Svg svg, double x, String text, double floor) {
        svg.line("tickline", x, floor, x, floor + 4);
        svg.label("tick mid", x, floor + 17, text);
    }
}
