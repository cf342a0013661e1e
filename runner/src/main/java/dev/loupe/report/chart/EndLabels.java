package dev.loupe.report.chart;

import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names at the ends of lines, pushed apart where they would overlap. */
final class EndLabels {
    private static final double LINE = 14;
    private static final double TOP = 12;

    private EndLabels() {}

    private record End(String name, int colour, double y) {}

    static int longest(SeriesLayout layout) {
        int longest = 0;
        for (int s = 0; s < layout.seriesCount(); s++) {
            longest = Math.max(longest, layout.seriesName(s).length());
        }
        return longest;
    }

    /** @param lowest the last pixel that a name may stand on */
    static void draw(Svg svg, SeriesLayout layout, Plotted.Slice slice, double[] xs, Scale y, double lowest) {
        if (layout.series() == null) {
            return;
        }
        List<End> ends = new ArrayList<>();
        for (int s = 0; s < layout.seriesCount(); s++) {
            for (int i = xs.length - 1; i >= 0 && layout.named(slice, s); i--) {
                double value = layout.mean(slice, s, i);
                if (Double.isFinite(value)) {
                    ends.add(new End(layout.seriesName(s), layout.colour(slice, s), y.at(value)));
                    break;
                }
            }
        }
        ends.sort(Comparator.comparingDouble(End::y));
        double[] at = new double[ends.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.max(ends.get(i).y(), i == 0 ? TOP : at[i - 1] + LINE);
        }
        for (int i = at.length - 1; i >= 0; i--) {
            at[i] = Math.min(at[i], i == at.length - 1 ? lowest : at[i + 1] - LINE);
        }
        for (int i = 0; i < at.length; i++) {
            svg.label(
                    "name c" + ends.get(i).colour() % 8,
                    xs[xs.length - 1] + 10,
                    at[i] + 4,
                    ends.get(i).name());
        }
    }
}
