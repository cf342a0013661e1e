package dev.loupe.report.chart;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern WIDTH = Pattern.compile("^<svg[^>]* width=\"([0-9]+)");

    /** How wide the panels are that stand side by side, in pixels. */
    public int width() {
        Matcher first = WIDTH.matcher(panels.get(0).svg());
        return first.find() ? Integer.parseInt(first.group(1)) * Math.min(columns, panels.size()) : 0;
    }

    /** @param title empty for a lone panel */
    public record Panel(String title, String svg) {}
}
