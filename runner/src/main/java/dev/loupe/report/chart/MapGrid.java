package dev.loupe.report.chart;

import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Svg;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The cells of one map: runs of equal colour in a row are one rectangle, and all of one colour one path, so that a map of
 * thousands of cells stays small. The grid's place is written on the picture, from which the script finds the cell under a
 * pointer.
 */
record MapGrid(double left, double top, int width, int height, int rows, int columns) {
    double x(int cell) {
        return left + cell % columns * (double) width;
    }

    double y(int cell) {
        return top + cell / columns * (double) height;
    }

    double right() {
        return left + columns * (double) width;
    }

    double bottom() {
        return top + rows * (double) height;
    }

    /** Writes the place of a slice's cells on the picture that is being opened. */
    static void place(Svg svg, double left, double width, double height, int columns, int rows, Plotted.Slice slice) {
        svg.attr(
                "data-map",
                DoubleStream.of(left, MapLabels.TOP, width, height, columns, rows, slice.offset())
                        .mapToObj(place -> Numbers.exact(Math.round(place * 1000) / 1000.0))
                        .collect(Collectors.joining(" ")));
    }

    /** Draws the cells of a slice. */
    void draw(Svg svg, Plotted plotted, Plotted.Slice slice, ColourScale colours) {
        place(svg, left, width, height, columns, rows, slice);
        Map<String, StringBuilder> paths = new TreeMap<>();
        for (int row = 0; row < rows; row++) {
            int from = 0;
            while (from < columns) {
                String step = step(plotted, slice, colours, row * columns + from);
                int to = from + 1;
                while (to < columns && step.equals(step(plotted, slice, colours, row * columns + to))) {
                    to++;
                }
                int run = (to - from) * width;
                paths.computeIfAbsent(step, k -> new StringBuilder())
                        .append('M')
                        .append(Svg.num(x(row * columns + from)))
                        .append(' ')
                        .append(Svg.num(y(row * columns)))
                        .append('h')
                        .append(run)
                        .append('v')
                        .append(height)
                        .append("h-")
                        .append(run)
                        .append('z');
                from = to;
            }
        }
        paths.forEach((step, path) -> svg.path("cell " + step, path.toString()));
        if (width >= 6 && height >= 6) {
            svg.path("cut", cuts());
        }
        svg.rect("frame", left, top, columns * (double) width, rows * (double) height)
                .end();
    }

    private static String step(Plotted plotted, Plotted.Slice slice, ColourScale colours, int cell) {
        return colours.step(plotted.values()[slice.offset() + cell]);
    }

    /** The gaps between cells. */
    private String cuts() {
        StringBuilder path = new StringBuilder();
        for (int row = 1; row < rows; row++) {
            path.append('M').append(Svg.num(left)).append(' ').append(Svg.num(top + row * (double) height));
            path.append('h').append(columns * width);
        }
        for (int column = 1; column < columns; column++) {
            path.append('M')
                    .append(Svg.num(left + column * (double) width))
                    .append(' ')
                    .append(Svg.num(top));
            path.append('v').append(rows * height);
        }
        return path.toString();
    }
}
