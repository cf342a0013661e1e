package dev.loupe.report.chart;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Axis;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;

/** Feature vectors in the plane, from the origin, with the unit circle behind them; further axes are small multiples. */
final class VectorChart implements Chart {
    /** So that labels beyond the tips stay inside. */
    private static final double ROOM = 1.28;

    /** Width of a letter and height of a line of a name, in pixels. */
    private static final double LETTER = 7;

    private static final double LINE = 12;

    /** A name further below its tip would seem to be of another one. */
    private static final int MOST_DOWN = 3;

    @Override
    public boolean fits(List<Axis> axes) {
        return Plotted.isPlanar(axes);
    }

    @Override
    public Drawing draw(Quantity quantity, Scene scene, PageDetail detail) {
        Plotted plotted = Plotted.of(quantity);
        if (!fits(plotted.axes())) {
            throw new IllegalArgumentException(
                    quantity.name() + " is drawn as plane vectors, so its last axis needs two dimensions");
        }
        double reach = 1;
        for (double value : plotted.values()) {
            if (Double.isFinite(value)) {
                reach = Math.max(reach, Math.abs(value));
            }
        }
        List<Plotted.Slice> slices = plotted.slices(2);
        double side = slices.size() == 1 ? 320 : slices.size() <= 4 ? 230 : 176;
        List<Drawing.Panel> panels = new ArrayList<>();
        for (Plotted.Slice slice : slices) {
            panels.add(new Drawing.Panel(slice.title(), panel(plotted, slice, reach * ROOM, side)));
        }
        int columns = slices.size() <= 4 ? slices.size() : 5;
        return new Drawing(panels, columns, null, List.of("The circle has radius 1; all panels share one scale."));
    }

    private static String panel(Plotted plotted, Plotted.Slice slice, double reach, double side) {
        int rank = plotted.axes().size();
        Axis features = plotted.axes().get(rank - 2);
        Scale x = new Scale(-reach, reach, 4, side - 4);
        Scale y = new Scale(-reach, reach, side - 4, 4);
        StringBuilder words = new StringBuilder(Count.of(features.size(), "vector"));
        words.append(slice.title().isEmpty() ? "" : ", " + slice.title());
        Svg svg = new Svg(side, side, words + ". Lengths: " + lengths(plotted, slice, features));
        svg.line("zero", 4, y.at(0), side - 4, y.at(0));
        svg.line("zero", x.at(0), 4, x.at(0), side - 4);
        svg.circle("unit", x.at(0), y.at(0), x.at(1) - x.at(0)).end();
        List<double[]> names = new ArrayList<>();
        for (int f = 0; f < features.size(); f++) {
            double vx = plotted.values()[slice.offset() + 2 * f];
            double vy = plotted.values()[slice.offset() + 2 * f + 1];
            double length = Math.hypot(vx, vy);
            if (!Double.isFinite(length)) {
                continue;
            }
            svg.open("g").attr("class", "vector c" + f % 8);
            svg.hint(Plotted.named(features, f) + ": (" + Numbers.show(vx) + ", " + Numbers.show(vy) + "), length "
                    + Numbers.show(length));
            svg.line("arm", x.at(0), y.at(0), x.at(vx), y.at(vy));
            svg.circle("tip", x.at(vx), y.at(vy), 3.2).end();
            if (features.size() <= 12 && length > 0.25) {
                double out = 1 + 0.1 * reach / length;
                name(
                        svg,
                        names,
                        x.at(vx * out),
                        y.at(vy * out) + 4,
                        VisibleLabel.of(features.labels().get(f)),
                        side);
            }
            svg.end();
        }
        return svg.done();
    }

    /** A name inside the picture, below the one that it would cover; left to its tip where there is no room. */
    private static void name(Svg svg, List<double[]> names, double x, double y, String name, double side) {
        double half = name.length() * LETTER / 2;
        double middle = Math.max(half + 1, Math.min(side - half - 1, x));
        for (int down = 0; down < MOST_DOWN && y + down * LINE < side; down++) {
            double[] place = {middle - half, middle + half, y + down * LINE};
            if (names.stream()
                    .noneMatch(other ->
                            Math.abs(other[2] - place[2]) < LINE && place[0] < other[1] && other[0] < place[1])) {
                names.add(place);
                svg.label("tick mid", middle, place[2], name);
                return;
            }
        }
    }

    private static String lengths(Plotted plotted, Plotted.Slice slice, Axis features) {
        List<String> parts = new ArrayList<>();
        for (int f = 0; f < Math.min(20, features.size()); f++) {
            double vx = plotted.values()[slice.offset() + 2 * f];
            double vy = plotted.values()[slice.offset() + 2 * f + 1];
            parts.add(features.labels().get(f) + " " + Numbers.show(Math.hypot(vx, vy)));
        }
        return String.join(", ", parts) + (features.size() > 20 ? ", ..." : "") + ".";
    }
}
