package dev.loupe.report.chart;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Points: the last axis gives x and y, the axis before it the points, further axes small multiples. */
final class ScatterChart implements Chart {
    private static final double HEIGHT = 340;
    private static final double LEFT = 58;

    /** Two numbers of one thing, which a line shows where they would be equal. */
    private static final List<String> TWICE = List.of("estimate", "exact");

    private static final double BOTTOM = 46;

    /** So many points have no marks of their own size and hint; the script finds their numbers in the figure's data. */
    private static final int DENSE = 100;

    /** Width of a letter and height of a line of a name, in pixels. */
    private static final int LETTER = 7;

    private static final int LINE = 12;

    private static final double RADIUS = 3.6;

    /** More points than this have no names beside them. */
    private static final int MOST_NAMES = 24;

    @Override
    public boolean fits(List<Axis> axes) {
        return Plotted.isPlanar(axes);
    }

    @Override
    public Drawing draw(Quantity quantity, Scene scene, PageDetail detail) {
        Plotted plotted = Plotted.of(quantity);
        if (!fits(plotted.axes())) {
            throw new IllegalArgumentException(
                    quantity.name() + " is drawn as points, so its last axis needs the two indices x and y");
        }
        List<Plotted.Slice> slices = plotted.slices(2);
        List<String> ends = plotted.axes().get(plotted.axes().size() - 1).labels();
        boolean twice = scene.twice() || ends.equals(TWICE);
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < plotted.values().length; i++) {
            double value = plotted.values()[i];
            if (Double.isFinite(value)) {
                low[i % 2] = Math.min(low[i % 2], value);
                high[i % 2] = Math.max(high[i % 2], value);
            }
        }
        double width = slices.size() > 1 ? 380 : 520;
        Scale x = Scale.nice(low[0], high[0], LEFT, width - 16);
        Scale y = Scale.nice(low[1], high[1], HEIGHT - BOTTOM, 12);
        List<Drawing.Panel> panels = new ArrayList<>();
        for (Plotted.Slice slice : slices) {
            panels.add(new Drawing.Panel(slice.title(), panel(plotted, slice, x, y, width, twice)));
        }
        return new Drawing(
                panels, slices.size() > 1 ? 2 : 1, null, twice ? List.of("Dashed: where both are equal.") : List.of());
    }

    private static String panel(Plotted plotted, Plotted.Slice slice, Scale x, Scale y, double width, boolean twice) {
        int rank = plotted.axes().size();
        Axis points = plotted.axes().get(rank - 2);
        Axis ends = plotted.axes().get(rank - 1);
        Svg svg = new Svg(
                width,
                HEIGHT,
                points.size() + " points of " + plotted.quantity().title() + ": "
                        + ends.labels().get(0) + " across, " + ends.labels().get(1) + " up.");
        for (double tick : x.ticks(6)) {
            svg.line(tick == 0 ? "zero" : "grid", x.at(tick), 12, x.at(tick), HEIGHT - BOTTOM);
            svg.centred("tick mid", x.at(tick), HEIGHT - BOTTOM + 17, x.tickText(tick, 6));
        }
        for (double tick : y.ticks(5)) {
            svg.line(tick == 0 ? "zero" : "grid", LEFT, y.at(tick), width - 16, y.at(tick));
            svg.label("tick end", LEFT - 8, y.at(tick) + 4, y.tickText(tick, 5));
        }
        svg.label("axis mid", (LEFT + width - 16) / 2, HEIGHT - 8, ends.labels().get(0));
        svg.open("text")
                .attr("class", "axis mid")
                .attr("transform", "translate(13 " + Svg.num((HEIGHT - BOTTOM) / 2) + ") rotate(-90)")
                .text(ends.labels().get(1))
                .end();
        if (twice) {
            diagonal(svg, x, y);
        }
        boolean dense = points.size() > DENSE;
        if (dense) {
            svg.open("g").attr("class", "cloud").attr("data-cloud", slice.offset());
        }
        List<double[]> names = new ArrayList<>();
        List<double[]> dots = new ArrayList<>();
        boolean named = points.size() <= MOST_NAMES && !Plotted.isNumeric(points);
        for (int p = 0; p < points.size(); p++) {
            double px = plotted.values()[slice.offset() + 2 * p];
            double py = plotted.values()[slice.offset() + 2 * p + 1];
            if (!Double.isFinite(px) || !Double.isFinite(py)) {
                continue;
            }
            if (dense) {
                svg.open("circle").attr("cx", x.at(px)).attr("cy", y.at(py)).end();
                continue;
            }
            String name = Plotted.named(points, p);
            svg.circle("point", x.at(px), y.at(py), RADIUS);
            svg.attr("data-at", points.labels().get(p));
            svg.hint(name + ": " + Numbers.show(px) + ", " + Numbers.show(py)).end();
            dots.add(new double[] {x.at(px), y.at(py), p});
        }
        for (double[] dot : named ? dots : List.<double[]>of()) {
            name(svg, Plotted.named(points, (int) dot[2]), dot, dots, names, width - 16);
        }
        return svg.done();
    }

    /** Beside its point, where it covers no other name and no point; one that has no such place is said at the point alone. */
    private static void name(
            Svg svg, String name, double[] dot, List<double[]> dots, List<double[]> names, double right) {
        double wide = name.length() * LETTER;
        for (double down : new double[] {-5, 13}) {
            for (boolean before : new boolean[] {false, true}) {
                double left = dot[0] + (before ? -7 - wide : 7);
                double[] place = {left, dot[1] + down, left + wide};
                if (left >= LEFT
                        && place[2] <= right
                        && names.stream().noneMatch(other -> overlap(other, place))
                        && dots.stream().noneMatch(other -> covers(place, other))) {
                    names.add(place);
                    svg.label(before ? "tick end" : "tick", dot[0] + (before ? -7 : 7), place[1], name);
                    return;
                }
            }
        }
    }

    private static boolean covers(double[] name, double[] dot) {
        return dot[0] > name[0] - RADIUS
                && dot[0] < name[2] + RADIUS
                && dot[1] > name[1] - LINE + 2 - RADIUS
                && dot[1] < name[1] + 2 + RADIUS;
    }

    /** @param a left end, base line and right end of a name, as {@code b} */
    private static boolean overlap(double[] a, double[] b) {
        return Math.abs(a[1] - b[1]) < LINE && a[0] < b[2] && b[0] < a[2];
    }

    /** Where both numbers would be the same, which is what an estimate is held against. */
    private static void diagonal(Svg svg, Scale x, Scale y) {
        double low = Math.max(x.low(), y.low());
        double high = Math.min(x.high(), y.high());
        if (low < high) {
            svg.line("diagonal", x.at(low), y.at(low), x.at(high), y.at(high));
        }
    }
}
