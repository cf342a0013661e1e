package dev.loupe.report.chart;

import dev.loupe.report.draw.Svg;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Axis;

/** The names of a map's rows and columns: as many as fit, long ones of columns slanted. */
record MapLabels(Axis rows, Axis columns, double width, double height) {
    static final double TOP = 4;

    private static final double LEAST_LEFT = 46;
    private static final double LETTER = 6.6;
    private static final int MOST_LETTERS = 26;

    /** Room for the names of rows. */
    static double left(Axis rows) {
        return Math.round(Math.max(LEAST_LEFT, 22 + Math.min(MOST_LETTERS, longest(rows)) * LETTER));
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

    /** Room right of the cells. */
    double right() {
        return slanted() ? 12 + slope() : 8;
    }

    void draw(Svg svg, double left, double right, double top, double bottom) {
        int every = (int) Math.ceil((AxisKind.ordered(rows) ? 22 : 12) / height);
        for (int r = 0; r < rows.size(); r += every) {
            svg.label("tick end", left - 6, top + (r + 0.5) * height + 4, cut(rows, r));
        }
        for (int c = 0; c < columns.size(); c += step()) {
            double x = left + (c + 0.5) * width;
            if (slanted()) {
                svg.open("text")
                        .attr("class", "tick")
                        .attr(
                                "transform",
                                "translate(" + Svg.num(x - 3) + " " + Svg.num(bottom + 13) + ") rotate(40)")
                        .text(cut(columns, c))
                        .end();
            } else {
                svg.label("tick mid", x, bottom + 14, cut(columns, c));
            }
        }
        svg.label("axis mid", (left + right) / 2, bottom + below() - 6, words(columns.name()));
        svg.open("text")
                .attr("class", "axis mid")
                .attr("transform", "translate(11 " + Svg.num((top + bottom) / 2) + ") rotate(-90)")
                .text(words(rows.name()))
                .end();
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
                : (int) Math.ceil(13 / width);
    }

    static int longest(Axis axis) {
        return axis.labels().stream()
                .mapToInt(label -> VisibleLabel.of(label).length())
                .max()
                .orElse(1);
    }
}
