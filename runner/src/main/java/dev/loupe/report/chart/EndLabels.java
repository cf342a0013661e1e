package dev.loupe.report.chart;

import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Names at the ends of lines, pushed apart where they would overlap; long ones beneath the picture. */
final class EndLabels {
    /** Longer names would leave the lines no room. */
    static final int MOST_LETTERS = 20;

    private static final double LINE = 14;
    private static final double SAMPLE = 22;
    private static final double LETTER = 7.6;
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

    /** Room that names beneath the picture take. */
    static double keyHeight(SeriesLayout layout, Plotted.Slice slice) {
        return LINE * named(layout, slice).size() + 6;
    }

    private static List<Integer> named(SeriesLayout layout, Plotted.Slice slice) {
        return IntStream.range(0, layout.seriesCount())
                .filter(s -> layout.named(slice, s))
                .boxed()
                .toList();
    }

    /**
     * Names beneath the picture, each beside a piece of its line.
     *
     * @param left where the pieces begin
     * @param top where the picture ends
     */
    static void key(Svg svg, SeriesLayout layout, Plotted.Slice slice, double left, double top, double width) {
        int letters = (int) ((width - left - SAMPLE - 10) / LETTER);
        double y = top + 2;
        for (int s : named(layout, slice)) {
            y += LINE;
            int colour = layout.colour(slice, s);
            String style = " c" + colour % 8;
            svg.path(
                    "line" + style + (colour >= 8 ? " dashed" : ""),
                    "M" + Svg.num(left) + " " + Svg.num(y - 4) + "h" + Svg.num(SAMPLE));
            String name = layout.seriesName(s);
            svg.label(
                    "name" + style,
                    left + SAMPLE + 8,
                    y,
                    name.length() <= letters ? name : name.substring(0, letters - 1) + "…");
        }
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
