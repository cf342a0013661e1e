package dev.loupe.result;

/** How a quantity wants to be shown. Those that are drawn have a chart in {@code report.chart}. */
public enum Figure {
    /** Chosen by the axes: layer and head give a map, one long numeric axis gives lines, none gives a number. */
    AUTO,
    NUMBER,
    TABLE,
    /** Last two axes as rows and columns; further axes give small multiples. */
    MAP,
    /** Last axis along x, the others as series. */
    LINES,
    BARS,
    /** Axis of size 2 named {@code xy} last: points, one per index of the axis before it. */
    SCATTER,
    /** Axes [..., feature, dim 2]: feature vectors from the origin. */
    VECTORS,
    HISTOGRAM,
    /** Last axis as dots on one line for each index of the others. */
    STRIP
}
