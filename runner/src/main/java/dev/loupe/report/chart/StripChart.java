package dev.loupe.report.chart;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Single numbers without an order, such as random draws or seeds: dots on one line, with their median as a bar. */
final class StripChart implements Chart {
    private static final double WIDTH = 640;
    private static final double ROW = 24;
    private static final double BOTTOM = 42;
    private static final int MOST_ROWS = 60;

    @Override
    public boolean fits(List<Axis> axes) {
        return !axes.isEmpty();
    }

    @Override
    public boolean isSearched() {
        return true;
    }

    @Override
    public Drawing draw(Quantity quantity, Scene scene, PageDetail detail) {
        Plotted plotted = Plotted.of(quantity);
        List<Plotted.Slice> slices = plotted.slices(1);
        List<Plotted.Slice> shown = slices.subList(0, Math.min(MOST_ROWS, slices.size()));
        Axis dots = plotted.axes().get(plotted.axes().size() - 1);
        List<String> caption = new ArrayList<>();
        caption.add(
                "Each dot is one " + MapLabels.words(dots.name()) + "; the bar is the median of " + dots.size() + ".");
        if (shown.size() < slices.size()) {
            caption.add("Only the first " + MOST_ROWS + " of " + slices.size() + " rows are drawn.");
        }
        return new Drawing(List.of(new Drawing.Panel("", panel(plotted, shown))), 1, null, caption);
    }

    private static String panel(Plotted plotted, List<Plotted.Slice> slices) {
        double[] range = SeriesLayout.range(plotted, false);
        int longest =
                slices.stream().mapToInt(slice -> slice.title().length()).max().orElse(0);
        double left = Math.min(230, 16 + longest * 6.8);
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        double top = chance == null ? 6 : 22;
        double floor = top + slices.size() * ROW;
        Scale x = Scale.nice(range[0], range[1], left, WIDTH - 20);
        Svg svg = new Svg(
                WIDTH,
                floor + BOTTOM,
                ChartDescription.describe(
                        plotted, new Plotted.Slice(List.of(), new int[0], 0, plotted.values().length), "Dots"));
        for (double tick : x.ticks(5)) {
            svg.line(Math.abs(tick) < 1e-12 ? "zero" : "grid", x.at(tick), top, x.at(tick), floor);
            svg.centred("tick mid", x.at(tick), floor + 15, x.tickText(tick, 5));
        }
        svg.label(
                "axis mid",
                (left + WIDTH - 20) / 2,
                floor + BOTTOM - 8,
                plotted.quantity().unit());
        if (chance != null) {
            ChanceMarks.across(svg, chance, x, top, floor);
            ChanceMarks.named(svg, chance, x, top - 8, WIDTH);
        }
        for (int row = 0; row < slices.size(); row++) {
            Plotted.Slice slice = slices.get(row);
            double y = top + row * ROW + ROW / 2;
            svg.label("tick end strong", left - 8, y + 4, VisibleLabel.of(slice.title()));
            double[] sorted = java.util.Arrays.stream(plotted.values(), slice.offset(), slice.offset() + slice.size())
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            for (int flat = slice.offset(); flat < slice.offset() + slice.size(); flat++) {
                if (Double.isFinite(plotted.values()[flat])) {
                    svg.circle("point", x.at(plotted.values()[flat]), y, 4)
                            .hint(plotted.hint(flat))
                            .end();
                }
            }
            if (sorted.length > 1) {
                double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
                svg.open("path")
                        .attr("class", "median")
                        .attr("d", "M" + Svg.num(x.at(median)) + " " + Svg.num(y - 9) + "v18")
                        .hint("median " + Numbers.show(median))
                        .end();
            }
        }
        return svg.done();
    }
}
