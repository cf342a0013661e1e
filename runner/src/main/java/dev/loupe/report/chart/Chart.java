package dev.loupe.report.chart;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Axis;
import dev.loupe.result.Quantity;
import java.util.List;

/** One way to draw a quantity: what it needs, what it looks like, and what a reader looks for in it. */
public interface Chart {
    /** Whether a quantity with these axes can be drawn so. */
    boolean fits(List<Axis> axes);

    /**
     * @param quantity its axes fit, and it has at least one number
     * @param scene what stands around it, which may lie beneath or share its scale
     */
    Drawing draw(Quantity quantity, Scene scene, PageDetail detail);

    /** The numbers in the order in which they are drawn. */
    default Plotted plotted(Quantity quantity) {
        return Plotted.of(quantity);
    }

    /** Whether a reader looks for the number that stands out most, so that the caption names it. */
    default boolean isSearched() {
        return false;
    }

    /** Whether the numbers are colours, so that a table of the largest stands beside them. */
    default boolean isColoured() {
        return false;
    }

    /** Whether numbers are counted, so that none can be told from another, and the caption names several that stand out. */
    default boolean isCounted() {
        return false;
    }
}
