package dev.loupe.report.row;

/**
 * One number on a line.
 *
 * @param style CSS class of its dot: {@code holds}, {@code undecided}, {@code refuted}, {@code unit} or {@code draw}
 * @param low lower end of its interval, NaN where it has none
 * @param high upper end of its interval, NaN where it has none
 * @param hint what it is and what it says
 */
public record RowMark(String style, double value, double low, double high, String hint) {
    boolean ranges() {
        return Double.isFinite(low) && Double.isFinite(high);
    }
}
