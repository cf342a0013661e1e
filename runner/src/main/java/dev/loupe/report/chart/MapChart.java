package dev.loupe.report.chart;

import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;

/**
 * Heat maps: the last two axes are rows and columns, further axes small multiples on one colour scale. Numbers stand in
 * the cells where there is room; cells that lie beyond chance carry a corner mark.
 */
public final class MapChart implements Chart {
    private static final double LEFT = 46;
    private static final double TOP = 4;
    private static final double BOTTOM = 36;
    private static final double WIDTH = 920;

    @Override
    public boolean fits(List<Axis> axes) {
        return axes.size() >= 2;
    }

    /** Layer and head, where both are there, become rows and columns whatever their place. */
    @Override
    public Plotted plotted(Quantity quantity) {
        for (String heads : List.of("head", "kv_head")) {
            if (quantity.estimate().hasAxis("layer") && quantity.estimate().hasAxis(heads)) {
                return Plotted.of(quantity, "layer", heads);
            }
        }
        return Plotted.of(quantity);
    }

    @Override
    public boolean isSearched() {
        return true;
    }

    @Override
    public boolean isColoured() {
        return true;
    }

    @Override
    public Drawing draw(Quantity quantity, List<Artifact> others, PageDetail detail) {
        Plotted plotted = plotted(quantity);
        int rank = plotted.axes().size();
        Axis columns = plotted.axes().get(rank - 1);
        ColourScale colours = ColourScale.of(plotted.values(), quantity.unit());
        List<Plotted.Slice> all = plotted.slices(2);
        List<Plotted.Slice> defined =
                all.stream().filter(slice -> defined(plotted, slice)).toList();
        List<Plotted.Slice> slices = defined.isEmpty() ? all : defined;
        int across = Math.min(
                slices.size(),
                rank > 2 ? Math.min(4, Math.max(2, plotted.axes().get(rank - 3).size())) : 1);
        if (slices.size() == 1) {
            across = 1;
        }
        double cellWidth = clamp((WIDTH / across - LEFT - 12) / columns.size(), 3, 52);
        boolean drawn = plotted.values().length <= detail.cells();
        List<Drawing.Panel> panels = new ArrayList<>();
        for (Plotted.Slice slice : slices) {
            panels.add(new Drawing.Panel(
                    slice.title(),
                    drawn
                            ? panel(plotted, slice, colours, cellWidth)
                            : MapPicture.panel(plotted, slice, colours, Math.max(1, Math.min(cellWidth, 8)))));
        }
        NullBand chance = ChanceMarks.shown(quantity);
        List<String> caption = new ArrayList<>();
        if (chance != null && drawn) {
            caption.add("A dot in the corner marks cells " + ChanceWords.beyond(chance.side()) + ".");
        }
        if (slices.size() > 1) {
            caption.add("All maps share one colour scale.");
        }
        if (slices.size() < all.size()) {
            caption.add(Count.of(
                            all.size() - slices.size(),
                            "map without defined values is",
                            "maps without defined values are")
                    + " left out.");
        }
        return new Drawing(panels, across, ColourLegend.svg(colours, quantity.unit(), chance), caption);
    }

    private static boolean defined(Plotted plotted, Plotted.Slice slice) {
        for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
            if (!Double.isNaN(plotted.values()[i])) {
                return true;
            }
        }
        return false;
    }

    private static String panel(Plotted plotted, Plotted.Slice slice, ColourScale colours, double cellWidth) {
        int rank = plotted.axes().size();
        Axis rows = plotted.axes().get(rank - 2);
        Axis columns = plotted.axes().get(rank - 1);
        double cellHeight = clamp(cellWidth * 0.72, 6, 34);
        double left = Math.max(LEFT, 20 + longest(rows) * 6.6);
        boolean slanted = longest(columns) * 6.6 > cellWidth * step(columns, cellWidth) - 3;
        double bottom = slanted ? 30 + Math.min(80, longest(columns) * 5) : BOTTOM;
        double width = left + columns.size() * cellWidth + (slanted ? 30 : 8);
        double height = TOP + rows.size() * cellHeight + bottom;
        int decimals = cellWidth >= 30 ? Numbers.cellDecimals(colours.top()) : -1;
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        Svg svg = new Svg(
                width,
                height,
                ChartDescription.describe(plotted, slice, rows.name() + " by " + columns.name() + " map"));
        for (int i = 0; i < slice.size(); i++) {
            int flat = slice.offset() + i;
            double x = left + i % columns.size() * cellWidth;
            double y = TOP + i / columns.size() * cellHeight;
            svg.rect("cell " + colours.step(plotted.values()[flat]), x, y, cellWidth, cellHeight);
            String component = plotted.component(flat);
            if (component != null) {
                svg.attr("data-at", component);
            }
            svg.hint(plotted.hint(flat)).end();
        }
        for (int i = 0; i < slice.size(); i++) {
            double value = plotted.values()[slice.offset() + i];
            double x = left + i % columns.size() * cellWidth;
            double y = TOP + i / columns.size() * cellHeight;
            String step = colours.step(value);
            if (decimals >= 0 && !Double.isNaN(value)) {
                svg.label("num " + step, x + cellWidth / 2, y + cellHeight / 2 + 4, Numbers.fixed(value, decimals));
            } else if (Double.isNaN(value) && cellWidth >= 12) {
                svg.label("num na", x + cellWidth / 2, y + cellHeight / 2 + 4, "×");
            }
            if (chance != null && chance.beyond(value) && cellWidth >= 10) {
                svg.circle("mark " + step, x + cellWidth - 5, y + 5, Math.min(2.4, cellWidth / 6))
                        .end();
            }
        }
        labels(svg, rows, columns, left, cellWidth, cellHeight, slanted);
        return svg.done();
    }

    static void labels(
            Svg svg, Axis rows, Axis columns, double left, double cellWidth, double cellHeight, boolean slanted) {
        int everyRow = (int) Math.ceil(13 / cellHeight);
        for (int r = 0; r < rows.size(); r += everyRow) {
            svg.label(
                    "tick end",
                    left - 6,
                    TOP + (r + 0.5) * cellHeight + 4,
                    VisibleLabel.of(rows.labels().get(r)));
        }
        double base = TOP + rows.size() * cellHeight;
        int every = step(columns, cellWidth);
        for (int c = 0; c < columns.size(); c += every) {
            double x = left + (c + 0.5) * cellWidth;
            String text = VisibleLabel.of(columns.labels().get(c));
            if (slanted) {
                svg.open("text")
                        .attr("class", "tick")
                        .attr("transform", "translate(" + Svg.num(x - 3) + " " + Svg.num(base + 13) + ") rotate(40)")
                        .text(text)
                        .end();
            } else {
                svg.label("tick mid", x, base + 14, text);
            }
        }
        double bottom = slanted ? base + 26 + Math.min(80, longest(columns) * 5) : base + 30;
        svg.label("axis mid", left + columns.size() * cellWidth / 2, bottom, columns.name());
        svg.open("text")
                .attr("class", "axis mid")
                .attr("transform", "translate(11 " + Svg.num(TOP + rows.size() * cellHeight / 2) + ") rotate(-90)")
                .text(rows.name())
                .end();
    }

    /** Every which column gets a label. */
    private static int step(Axis columns, double cellWidth) {
        return Plotted.isNumeric(columns)
                ? (int) Math.ceil((longest(columns) * 7 + 4) / cellWidth)
                : (int) Math.ceil(13 / cellWidth);
    }

    static int longest(Axis axis) {
        return axis.labels().stream()
                .mapToInt(label -> VisibleLabel.of(label).length())
                .max()
                .orElse(1);
    }

    public static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}
