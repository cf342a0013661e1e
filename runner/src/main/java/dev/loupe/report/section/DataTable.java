package dev.loupe.report.section;

import dev.loupe.report.chart.ChanceMarks;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers as rows: one column for each axis, then value and interval.
 *
 * Cells are sorted by what they say.
 *
 * @param total rows that there are; more than {@code rows} where the page leaves some out
 */
public record DataTable(List<String> headers, List<Row> rows, int total) {
    /** So wide a table can still be read. */
    static final int MOST_COLUMNS = 32;

    /** Beyond so many numbers a table with columns leaves intervals to the downloads. */
    private static final int MOST_INTERVALS = 120;

    /** @param at the component that the row is about ("L1H4"), empty where there is none */
    public record Row(String at, List<String> cells) {}

    static DataTable of(Plotted plotted, int most) {
        List<String> headers =
                new ArrayList<>(plotted.axes().stream().map(DataTable::words).toList());
        headers.add("value");
        if (plotted.low() != null) {
            headers.add("low");
            headers.add("high");
        }
        int total = plotted.values().length;
        List<Row> rows = new ArrayList<>();
        for (int flat = 0; flat < Math.min(total, most); flat++) {
            int[] at = plotted.estimate().coordinates(flat);
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < at.length; i++) {
                cells.add(VisibleLabel.of(plotted.axes().get(i).labels().get(at[i])));
            }
            numbers(plotted, flat, cells);
            String component = plotted.component(flat);
            rows.add(new Row(component == null ? "" : component, cells));
        }
        return new DataTable(headers, rows, total);
    }

    /** The last axis as columns, every combination of the others as a row: for maps and quantities shown as a table. */
    static DataTable crossed(Plotted plotted, int most) {
        List<Axis> axes = plotted.axes();
        Axis columns = axes.get(axes.size() - 1);
        List<String> headers = new ArrayList<>(
                axes.subList(0, axes.size() - 1).stream().map(DataTable::words).toList());
        for (int c = 0; c < columns.size(); c++) {
            headers.add(Plotted.named(columns, c));
        }
        boolean intervals = plotted.values().length <= MOST_INTERVALS;
        List<Row> rows = new ArrayList<>();
        List<Plotted.Slice> slices = plotted.slices(1);
        for (Plotted.Slice slice : slices.subList(0, Math.min(most, slices.size()))) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < slice.outer().size(); i++) {
                cells.add(VisibleLabel.of(slice.outer().get(i).labels().get(slice.at()[i])));
            }
            for (int flat = slice.offset(); flat < slice.offset() + slice.size(); flat++) {
                cells.add(Numbers.show(plotted.values()[flat]) + (intervals ? plotted.intervalText(flat) : ""));
            }
            rows.add(new Row("", cells));
        }
        return new DataTable(headers, rows, slices.size());
    }

    /** The components with the largest numbers (in size, where some are negative), largest first. */
    static DataTable top(Plotted plotted, int most) {
        boolean signed = Arrays.stream(plotted.values()).anyMatch(value -> value < 0);
        List<Integer> order = plotted.ranked(signed ? Side.BOTH : Side.HIGHER);
        List<Integer> outer = new ArrayList<>();
        boolean components = plotted.values().length > 0 && plotted.component(0) != null;
        List<String> headers = new ArrayList<>();
        if (components) {
            headers.add("component");
        }
        for (int i = 0; i < plotted.axes().size(); i++) {
            String name = plotted.axes().get(i).name();
            if (!components || name.equals("component") || !Plotted.NAMING.contains(name)) {
                outer.add(i);
                headers.add(words(plotted.axes().get(i)));
            }
        }
        headers.add("value");
        if (plotted.low() != null) {
            headers.add("low");
            headers.add("high");
        }
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        if (chance != null) {
            headers.add(ChanceWords.beyond(chance.side()));
        }
        List<Row> rows = new ArrayList<>();
        for (int flat : order.subList(0, Math.min(most, order.size()))) {
            int[] at = plotted.estimate().coordinates(flat);
            List<String> cells = new ArrayList<>();
            String component = plotted.component(flat);
            if (component != null) {
                cells.add(component);
            }
            for (int i : outer) {
                cells.add(VisibleLabel.of(plotted.axes().get(i).labels().get(at[i])));
            }
            numbers(plotted, flat, cells);
            if (chance != null) {
                cells.add(chance.beyond(plotted.values()[flat]) ? "yes" : "no");
            }
            rows.add(new Row(component == null ? "" : component, cells));
        }
        return new DataTable(headers, rows, order.size());
    }

    /** An axis's key as a heading: {@code to_layer} is "to layer". */
    private static String words(Axis axis) {
        return axis.name().replace('_', ' ');
    }

    private static void numbers(Plotted plotted, int flat, List<String> cells) {
        cells.add(Numbers.show(plotted.values()[flat]));
        if (plotted.low() != null && plotted.high() != null) {
            cells.add(Numbers.show(plotted.low()[flat]));
            cells.add(Numbers.show(plotted.high()[flat]));
        }
    }
}
