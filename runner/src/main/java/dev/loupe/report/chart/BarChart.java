package dev.loupe.report.chart;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Horizontal bars from zero with interval whiskers; series share a group, seeds are dots on the bar of their mean. */
final class BarChart implements Chart {
    private static final double WIDTH = 640;
    private static final double VALUE = 70;
    private static final double BAR = 17;

    /** Height of a line of names of series. */
    private static final double KEY = 17;

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
        SeriesLayout layout = SeriesLayout.of(quantity);
        double[] range = layout.range(true);
        List<Drawing.Panel> panels = new ArrayList<>();
        List<Plotted.Slice> slices = layout.plotted().slices(layout.inner());
        for (Plotted.Slice slice : slices) {
            panels.add(new Drawing.Panel(
                    slice.title(),
                    panel(layout, slice, range, slices.size() > 1 || scene.columns() > 1 ? 470 : WIDTH)));
        }
        List<String> caption = new ArrayList<>();
        if (layout.repeatCount() > 1) {
            caption.add("Dots show single networks (" + layout.repeatWords() + "), bars their mean.");
        } else if (quantity.interval() != null) {
            caption.add("Whiskers show intervals.");
        }
        return new Drawing(panels, slices.size() > 1 ? 2 : 1, null, caption);
    }

    private static String panel(SeriesLayout layout, Plotted.Slice slice, double[] range, double width) {
        int groups = layout.along().size();
        int bars = layout.seriesCount();
        int longest = MapLabels.longest(layout.along());
        if (Plotted.isNumeric(layout.along())) {
            longest += layout.along().name().length() + 1;
        }
        double left = Math.min(220, 16 + longest * 6.8);
        double gap = bars > 1 ? 12 : 7;
        NullBand chance = ChanceMarks.shown(layout.plotted().quantity());
        double[][] keys = keys(layout, left, width);
        double top = (bars > 1 ? 26 + keys[bars - 1][1] : 6) + (chance == null ? 0 : 18);
        double height = top + groups * (bars * BAR + gap) + 40;
        Scale x = Scale.nice(range[0], range[1], left, width - VALUE);
        Svg svg = new Svg(
                width,
                height,
                ChartDescription.describe(
                        layout.plotted(), slice, "Bars by " + layout.along().name()));
        double floor = height - 40;
        for (double tick : x.ticks(5)) {
            svg.line(Math.abs(tick) < 1e-12 ? "zero" : "grid", x.at(tick), top - 2, x.at(tick), floor);
            svg.centred("tick mid", x.at(tick), floor + 15, x.tickText(tick, 5));
        }
        svg.label(
                "axis mid",
                (left + width - VALUE) / 2,
                height - 6,
                layout.plotted().quantity().unit());
        if (chance != null) {
            ChanceMarks.across(svg, chance, x, top - 2, floor);
            ChanceMarks.named(svg, chance, x, top - 6, width);
        }
        if (bars > 1) {
            for (int s = 0; s < bars; s++) {
                svg.rect("bar c" + s % 8, keys[s][0], 5 + keys[s][1], 11, 11).end();
                svg.label("tick", keys[s][0] + 16, 15 + keys[s][1], layout.seriesName(s));
            }
        }
        for (int g = 0; g < groups; g++) {
            double y = top + g * (bars * BAR + gap) + gap / 2;
            svg.label("tick end strong", left - 8, y + bars * BAR / 2 + 4, Plotted.named(layout.along(), g));
            for (int s = 0; s < bars; s++) {
                bar(svg, layout, slice, s, g, x, y + s * BAR, width);
            }
        }
        return svg.done();
    }

    /** Where the name of each series stands above the bars, and how far below the first line. */
    private static double[][] keys(SeriesLayout layout, double left, double width) {
        double[][] places = new double[layout.seriesCount()][];
        double x = left;
        double y = 0;
        for (int s = 0; s < places.length; s++) {
            double wide = 16 + layout.seriesName(s).length() * 6.6;
            if (x > left && x + wide > width) {
                x = left;
                y += KEY;
            }
            places[s] = new double[] {x, y};
            x += wide + 18;
        }
        return places;
    }

    private static void bar(
            Svg svg, SeriesLayout layout, Plotted.Slice slice, int s, int g, Scale x, double y, double width) {
        Plotted plotted = layout.plotted();
        double mean = layout.mean(slice, s, g);
        int flat = layout.flat(slice, s, 0, g);
        if (Double.isNaN(mean)) {
            svg.label("tick", x.at(0) + 5, y + 12, "undefined");
            return;
        }
        String hint = layout.repeatCount() == 1
                ? plotted.hint(flat)
                : (Plotted.named(layout.along(), g) + " " + layout.seriesName(s)).strip() + ": "
                        + layout.said(slice, s, g);
        double end = x.at(MapChart.clamp(mean, x.low(), x.high()));
        svg.open("g").attr("class", "bars");
        String component = plotted.component(flat);
        if (component != null) {
            svg.attr("data-at", component);
        }
        svg.hint(hint);
        svg.rect("bar c" + s % 8, Math.min(x.at(0), end), y + 1.5, Math.abs(end - x.at(0)), BAR - 3)
                .end();
        double reach = Math.max(x.at(0), end);
        double middle = y + BAR / 2;
        if (layout.repeatCount() > 1) {
            for (int repeat = 0; repeat < layout.repeatCount(); repeat++) {
                int at = layout.flat(slice, s, repeat, g);
                double value = plotted.values()[at];
                if (Double.isFinite(value)) {
                    svg.open("circle")
                            .attr("cx", x.at(value))
                            .attr("cy", middle)
                            .end();
                    reach = Math.max(reach, x.at(value) + 3);
                }
            }
        } else if (plotted.low() != null && plotted.high() != null) {
            double low = x.at(plotted.low()[flat]);
            double high = x.at(plotted.high()[flat]);
            if (Double.isFinite(plotted.low()[flat]) && Double.isFinite(plotted.high()[flat])) {
                svg.path(
                        "whisker",
                        "M" + Svg.num(low) + " " + Svg.num(middle - 3.5) + "v7m0-3.5H" + Svg.num(high) + "m0-3.5v7");
                reach = Math.max(reach, high);
            }
        }
        svg.end();
        svg.label("tick", Math.min(reach + 7, width - 50), middle + 4, Numbers.show(mean));
    }
}
