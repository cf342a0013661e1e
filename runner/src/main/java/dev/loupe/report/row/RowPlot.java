package dev.loupe.report.row;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Limits;
import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The picture in a row of a table: the number that counts with its interval on the first line, single units or draws
 * beneath it. Shaded is where a claim holds, or what lies inside chance.
 */
public final class RowPlot {
    private static final double WIDTH = 300;
    private static final double PAD = 14;
    private static final double FIRST = 11;
    private static final double EACH = 9;
    private static final double TICKS = 17;
    private static final double LETTER = 7;

    /** More units than this stand on one line. */
    private static final int MOST_LINES = 8;

    /** The least reach of a scale as a share of the largest number on it. */
    private static final double LEAST_SHARE = .002;

    private RowPlot() {}

    /** A scale over all that these rows show. */
    public static Scale scale(List<RowMark> marks, @Nullable Limits limits, List<Double> also) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        List<Double> values = new ArrayList<>(also);
        for (RowMark mark : marks) {
            values.addAll(List.of(mark.value(), mark.low(), mark.high()));
        }
        if (limits != null && limits.above() != null) {
            values.add(limits.above());
        }
        if (limits != null && limits.below() != null) {
            values.add(limits.below());
        }
        for (double value : values) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        // What differs in the fourth digit alone is drawn as one: on a finer scale all ticks would read alike.
        double least = LEAST_SHARE * Math.max(Math.abs(low), Math.abs(high));
        double room = Math.max((high - low) * 0.08, high > low ? (least - (high - low)) / 2 : 0);
        return Scale.nice(low - room, high + room, PAD, WIDTH - PAD);
    }

    /** @param name what the row is about, which a saved picture says beside it */
    public static String svg(
            String name,
            Scale x,
            List<RowMark> marks,
            @Nullable Limits limits,
            @Nullable NullBand chance,
            boolean ticks) {
        return svg(name, x, marks, limits, chance, ticks, marks.size() - 1 <= MOST_LINES ? 1 : marks.size() - 1);
    }

    /** @param together so many of the marks after the first stand on one line, such as the draws in one model */
    public static String svg(
            String name,
            Scale x,
            List<RowMark> marks,
            @Nullable Limits limits,
            @Nullable NullBand chance,
            boolean ticks,
            int together) {
        int lines = marks.size() <= 1 ? 0 : (marks.size() - 1 + together - 1) / together;
        double floor = FIRST + 9 + lines * EACH;
        Svg svg = new Svg(WIDTH, floor + (ticks ? TICKS : 0), name + ": " + words(marks));
        svg.attr("data-name", name);
        shade(svg, x, limits, chance, floor);
        svg.line("zero", PAD, floor, WIDTH - PAD, floor);
        if (ticks) {
            ticks(svg, x, limits, floor);
        }
        for (int i = marks.size() - 1; i >= 0; i--) {
            double y = i == 0 ? FIRST : FIRST + ((i - 1) / together + 1) * EACH + 1;
            mark(svg, x, marks.get(i), y, i == 0);
        }
        return svg.done();
    }

    private static String words(List<RowMark> marks) {
        return marks.isEmpty() ? "nothing" : marks.get(0).hint();
    }

    private static void shade(Svg svg, Scale x, @Nullable Limits limits, @Nullable NullBand chance, double floor) {
        if (limits != null) {
            double from = limits.above() == null ? PAD : x.at(limits.above());
            double to = limits.below() == null ? WIDTH - PAD : x.at(limits.below());
            svg.rect("wanted", from, 1, to - from, floor - 1).end();
            if (limits.above() != null) {
                svg.line("limit", from, 0, from, floor + 4);
            }
            if (limits.below() != null) {
                svg.line("limit", to, 0, to, floor + 4);
            }
        }
        if (chance != null && Double.isFinite(chance.edge())) {
            double[] edges = chance.edges();
            double from = chance.side() == Side.HIGHER ? PAD : x.at(edges[0]);
            double to = chance.side() == Side.LOWER ? WIDTH - PAD : x.at(edges[edges.length - 1]);
            svg.rect("chanceband", from, 1, to - from, floor - 1).end();
            for (double edge : edges) {
                svg.line("chance", x.at(edge), 1, x.at(edge), floor);
            }
        }
    }

    /** The limit is always labelled; other ticks where they leave it room. */
    private static void ticks(Svg svg, Scale x, @Nullable Limits limits, double floor) {
        List<double[]> taken = new ArrayList<>();
        for (Double limit :
                limits == null ? List.<Double>of() : java.util.Arrays.asList(limits.above(), limits.below())) {
            if (limit != null) {
                label(svg, x.at(limit), floor, Numbers.show(limit), "tick mid strong", taken);
            }
        }
        // One tick alone does not tell how far apart numbers are.
        int about = x.ticks(4).size() < 2 ? 8 : 4;
        for (double tick : x.ticks(about)) {
            label(svg, x.at(tick), floor, x.tickText(tick, about), "tick mid", taken);
        }
    }

    private static void label(Svg svg, double x, double floor, String text, String style, List<double[]> taken) {
        double half = text.length() * LETTER / 2;
        if (taken.stream().anyMatch(other -> x - half < other[1] + 5 && x + half > other[0] - 5)) {
            return;
        }
        taken.add(new double[] {x - half, x + half});
        svg.line("tickline", x, floor, x, floor + 4);
        svg.centred(style, x, floor + 15, text);
    }

    private static void mark(Svg svg, Scale x, RowMark mark, double y, boolean first) {
        if (!Double.isFinite(mark.value())) {
            return;
        }
        svg.open("g").attr("class", "row " + mark.style()).hint(mark.hint());
        if (mark.ranges()) {
            svg.line("reach", x.at(mark.low()), y, x.at(mark.high()), y);
        }
        if (first) {
            svg.path("head", "M" + Svg.num(x.at(mark.value())) + " " + Svg.num(y - 6.5) + "l6 6.5l-6 6.5l-6-6.5z");
        } else {
            svg.circle("one", x.at(mark.value()), y, 3).end();
        }
        svg.end();
    }
}
