package dev.loupe.report.chart;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Quantity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which chart draws which figure, and what {@link Figure#AUTO} comes to. */
public final class Charts {
    private static final int LONG = 8;

    /** A bar so many times as long as another leaves nothing of it to be seen. */
    private static final double HIDES = 1000;

    private Charts() {}

    /** The chart of a figure; null where it is shown as a number or as a table alone, or is still to be chosen. */
    public static @Nullable Chart of(Figure figure) {
        return switch (figure) {
            case AUTO, NUMBER, TABLE -> null;
            case MAP -> new MapChart();
            case LINES -> new LineChart();
            case BARS -> new BarChart();
            case SCATTER -> new ScatterChart();
            case VECTORS -> new VectorChart();
            case HISTOGRAM -> new HistogramChart();
            case STRIP -> new StripChart();
        };
    }

    /** The drawing, or null where the quantity is shown as a number or as a table alone. */
    public static @Nullable Drawing draw(Quantity quantity, Scene scene, PageDetail detail) {
        Chart chart = of(figure(quantity));
        return chart == null || quantity.estimate().data().length == 0 ? null : chart.draw(quantity, scene, detail);
    }

    /** The figure asked for where the axes allow it, else the one that the axes suggest. */
    public static Figure figure(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        Figure asked = quantity.figure();
        Chart chart = of(asked);
        boolean fits = chart != null
                ? chart.fits(axes)
                : asked == Figure.TABLE
                        || asked == Figure.NUMBER && quantity.estimate().data().length == 1;
        if (!fits && DrawBand.drawn(quantity)) {
            return Figure.LINES;
        }
        if (fits && !joins(asked, axes)) {
            return asked;
        }
        Figure suggested = suggested(axes);
        return suggested == Figure.BARS && mixed(quantity) ? Figure.TABLE : suggested;
    }

    /** Whether bars of thousands would hide those of shares: counts beside numbers of another kind, which have no unit. */
    private static boolean mixed(Quantity quantity) {
        double[] sizes = Arrays.stream(quantity.estimate().data())
                .map(Math::abs)
                .filter(size -> size > 0 && Double.isFinite(size))
                .sorted()
                .toArray();
        return quantity.unit().isEmpty()
                && sizes.length > 1
                && sizes[sizes.length - 1] >= HIDES
                && sizes[sizes.length - 1] >= HIDES * sizes[0];
    }

    /** Whether lines were asked for along things that only have numbers for names. */
    private static boolean joins(Figure asked, List<Axis> axes) {
        return asked == Figure.LINES
                && axes.stream().noneMatch(axis -> AxisKind.ordered(axis) || AxisKind.training(axis))
                && AxisKind.counted(axes.get(axes.size() - 1));
    }

    private static Figure suggested(List<Axis> axes) {
        if (axes.isEmpty()) {
            return Figure.NUMBER;
        }
        if (axes.stream().anyMatch(AxisKind::training)) {
            return Figure.LINES;
        }
        List<Axis> drawn = axes.stream().filter(axis -> !AxisKind.family(axis)).toList();
        if (drawn.isEmpty()) {
            return Figure.STRIP;
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
        if (AxisKind.ordered(last)
                && (last.size() >= LONG || AlongAxis.growing(last.labels()) || AlongAxis.measured(last))) {
            return Figure.LINES;
        }
        if (last.name().equals(DrawBand.DRAW)) {
            return Figure.STRIP;
        }
        return last.size() <= 40 ? Figure.BARS : AxisKind.counted(last) ? Figure.HISTOGRAM : Figure.TABLE;
    }

    private static boolean named(List<Axis> axes, String name) {
        return axes.stream().anyMatch(axis -> axis.name().equals(name));
    }

    private static boolean position(Axis axis) {
        return axis.name().equals("pos") || axis.name().equals("position");
    }
}
