package dev.loupe.report.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure, drawn.
 *
 * @param panels at least one
 * @param columns how many panels stand side by side where there is room
 * @param legend SVG of a legend that all panels share
 * @param caption sentences that say what the marks mean
 */
public record Drawing(
        List<Panel> panels, int columns, @Nullable String legend, List<String> caption) {
    /** @param title empty for a lone panel */
    public record Panel(String title, String svg) {}
}
