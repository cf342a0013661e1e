package dev.loupe.report.chart;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Quantity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which chart draws which figure, and what {@link Figure#AUTO} comes to. */
public final class Charts {
    private static final int LONG = 8;

    private final Map<Figure, Chart> charts = new EnumMap<>(Figure.class);

    public Charts() {
        charts.put(Figure.MAP, new MapChart());
        charts.put(Figure.LINES, new LineChart());
        charts.put(Figure.BARS, new BarChart());
        charts.put(Figure.SCATTER, new ScatterChart());
        charts.put(Figure.VECTORS, new VectorChart());
        charts.put(Figure.HISTOGRAM, new HistogramChart());
    }

    /** The drawing, or null where the quantity is shown as a number or as a table alone. */
    @Nullable
    public Drawing draw(Quantity quantity, PageDetail detail) {
        Chart chart = charts.get(figure(quantity));
        return chart == null || quantity.estimate().data().length == 0 ? null : chart.draw(quantity, detail);
    }

    /** The figure asked for where the axes allow it, else the one that the axes suggest. */
    public static Figure figure(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        int last = axes.isEmpty() ? 0 : axes.get(axes.size() - 1).size();
        boolean fits = switch (quantity.figure()) {
            case AUTO -> false;
            case NUMBER -> quantity.estimate().data().length == 1;
            case TABLE -> true;
            case MAP -> axes.size() >= 2;
            case SCATTER, VECTORS -> axes.size() >= 2 && last == 2;
            case LINES, BARS, HISTOGRAM -> !axes.isEmpty();
        };
        if (!fits && DrawBand.drawn(quantity)) {
            return Figure.LINES;
        }
        return fits ? quantity.figure() : suggested(axes);
    }

    private static Figure suggested(List<Axis> axes) {
        List<Axis> drawn =
                axes.stream().filter(axis -> !axis.name().equals("seed")).toList();
        if (axes.isEmpty()) {
            return Figure.NUMBER;
        }
        if (drawn.isEmpty()) {
            return Figure.BARS;
        }
        Axis last = drawn.get(drawn.size() - 1);
        if (drawn.size() >= 2) {
            boolean components =
                    named(drawn, "layer") && (named(drawn, "head") || named(drawn, "kv_head") || position(last));
            boolean large = last.size() > LONG && drawn.get(drawn.size() - 2).size() > SeriesLayout.MOST_SERIES;
            if (components || large || (last.name().equals("key") && named(drawn, "query"))) {
                return Figure.MAP;
            }
        }
        if (last.name().equals("xy") && last.size() == 2 && drawn.size() >= 2) {
            return Figure.SCATTER;
        }
        if (Plotted.isNumeric(last) && (last.size() >= LONG || AlongAxis.growing(last.labels()))) {
            return Figure.LINES;
        }
        return last.size() <= 40 ? Figure.BARS : Figure.TABLE;
    }

    private static boolean named(List<Axis> axes, String name) {
        return axes.stream().anyMatch(axis -> axis.name().equals(name));
    }

    private static boolean position(Axis axis) {
        return axis.name().equals("pos") || axis.name().equals("position");
    }
}
