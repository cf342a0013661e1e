package dev.loupe.report.chart;

import dev.loupe.report.draw.Svg;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The names of a map's rows and columns: as many as fit, long ones of columns slanted. */
record MapLabels(Axis rows, Axis columns, double width, double height) {
    static final double TOP = 4;

    private static final double LEAST_LEFT = 46;
    private static final double LETTER = 6.6;
    private static final int MOST_LETTERS = 26;

    /** Of more columns some go without a name, so that slanted names stay apart. */
    private static final int DENSE = 60;

    /** Room for the names of rows. */
    static double left(Axis rows) {
        return Math.round(Math.max(LEAST_LEFT, 26 + Math.min(MOST_LETTERS, longest(rows)) * LETTER));
    }

    private boolean slanted() {
        return longest(columns) * LETTER > width * step() - 3;
    }

    /** Room beneath the cells. */
    double below() {
        return slanted() ? 32 + slope() : 36;
    }

    private double slope() {
        return Math.min(MOST_LETTERS, longest(columns)) * 4.6;
    }

    /** Room that the name of an axis takes, in pixels. */
    private static double title(Axis axis) {
        return 4 + 7.4 * words(axis.name()).length();
    }

    /** A picture of so many pixels, or more where the name of the columns is longer. */
    double width(double cells) {
        return Math.max(cells + right(), title(columns));
    }

    /** The same of its height. */
    double height(double cells) {
        return Math.max(cells + below(), title(rows));
    }

    /** Room right of the cells. */
    double right() {
        return slanted() ? 12 + slope() : 8;
    }

    void draw(Svg svg, double left, double right, double top, double bottom) {
        int every = (int) Math.ceil((AxisKind.ordered(rows) ? 22 : 12) / height);
        List<Integer> shown = IntStream.iterate(0, r -> r < rows.size(), r -> r + every)
                .boxed()
                .toList();
        labels(svg, "tick end", rows, shown, r -> left - 6, r -> top + (r + 0.5) * height + 4);
        if (!slanted()) {
            List<Integer> across = IntStream.iterate(0, c -> c < columns.size(), c -> c + step())
                    .boxed()
                    .toList();
            labels(svg, "tick mid", columns, across, c -> left + (c + 0.5) * width, c -> bottom + 14);
        }
        for (int c = 0; slanted() && c < columns.size(); c += step()) {
            double x = left + (c + 0.5) * width;
            svg.open("text")
                    .attr("class", "tick")
                    .attr("transform", "translate(" + Svg.num(x - 3) + " " + Svg.num(bottom + 13) + ") rotate(40)")
                    .text(cut(columns, c))
                    .end();
        }
        svg.centred("axis mid", (left + right) / 2, bottom + below() - 6, words(columns.name()));
        double middle = Math.max((top + bottom) / 2, title(rows) / 2);
        svg.open("text")
                .attr("class", "axis mid")
                .attr("transform", "translate(11 " + Svg.num(middle) + ") rotate(-90)")
                .text(words(rows.name()))
                .end();
    }

    /** Labels of one letter each are one text with a place for every letter, which keeps many small maps small. */
    private static void labels(
            Svg svg, String style, Axis axis, List<Integer> shown, IntToDoubleFunction x, IntToDoubleFunction y) {
        if (shown.stream().allMatch(i -> cut(axis, i).length() == 1)) {
            svg.open("text")
                    .attr("class", style)
                    .attr("x", places(shown, x))
                    .attr("y", places(shown, y))
                    .text(shown.stream().map(i -> cut(axis, i)).collect(Collectors.joining()))
                    .end();
            return;
        }
        shown.forEach(i -> svg.label(style, x.applyAsDouble(i), y.applyAsDouble(i), cut(axis, i)));
    }

    private static String places(List<Integer> shown, IntToDoubleFunction at) {
        return shown.stream().map(i -> Svg.num(at.applyAsDouble(i))).collect(Collectors.joining(" "));
    }

    /** An axis's key as words: {@code to_layer} is "to layer". */
    static String words(String axis) {
        return axis.replace('_', ' ');
    }

    private static String cut(Axis axis, int index) {
        String text = VisibleLabel.of(axis.labels().get(index));
        return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS - 1) + "…";
    }

    /** Every which column gets a label. */
    private int step() {
        return Plotted.isNumeric(columns)
                ? (int) Math.ceil((longest(columns) * 7 + 4) / width)
                : (int) Math.ceil((columns.size() > DENSE ? 20 : 13) / width);
    }

    static int longest(Axis axis) {
        return axis.labels().stream()
                .mapToInt(label -> VisibleLabel.of(label).length())
                .max()
                .orElse(1);
    }
}
