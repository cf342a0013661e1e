package dev.loupe.report.section;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.ChanceMarks;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Titles;
import dev.loupe.report.row.RowMark;
import dev.loupe.report.row.RowPlot;
import dev.loupe.result.Axis;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Single numbers of one metric on one scale: a row for each, with the model's seeds or the random draws as dots.
 *
 * @param title the metric with its unit
 * @param formula what the numbers are
 * @param scale whether all rows share one, in words
 * @param data for the downloads
 */
public record NumberTable(
        String name,
        String title,
        TemplateHTMLOutputModel formula,
        String scale,
        List<Row> rows,
        List<String> caption,
        String data) {
    /** Lines of draws in one row, one for each model; more would make a row too tall. */
    private static final int MOST_MODELS = 8;

    /**
     * @param id the address that claims link to
     * @param about what was run, in words
     * @param spread what the single units or draws say, empty for one number
     */
    public record Row(
            String id,
            String title,
            String name,
            TemplateHTMLOutputModel about,
            TemplateHTMLOutputModel plot,
            String value,
            String interval,
            String spread) {}

    /** @param ids the addresses of the quantities */
    static NumberTable of(String title, List<Quantity> quantities, List<String> ids) {
        List<List<RowMark>> marks = quantities.stream().map(NumberTable::marks).toList();
        List<Double> chance = quantities.stream()
                .flatMap(quantity -> edges(quantity).stream())
                .toList();
        boolean parts = quantities.stream()
                        .map(quantity ->
                                Titles.of(quantity.name(), quantity.title()).base())
                        .distinct()
                        .count()
                == 1;
        boolean one = !parts || marks.stream().flatMap(List::stream).allMatch(NumberTable::isShare);
        Scale all = RowPlot.scale(marks.stream().flatMap(List::stream).toList(), null, chance);
        List<String> common =
                About.common(quantities.stream().map(q -> About.of(q.doc())).toList());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < quantities.size(); i++) {
            Scale scale = one ? all : RowPlot.scale(marks.get(i), null, edges(quantities.get(i)));
            rows.add(row(quantities.get(i), ids.get(i), marks.get(i), scale, common, parts && quantities.size() > 1));
        }
        return new NumberTable(
                quantities.get(0).name(),
                title,
                Markup.about(common),
                one || rows.size() == 1 ? "On one scale" : "Each on its own scale",
                rows,
                caption(quantities),
                Downloads.json(quantities.stream().map(Plotted::of).toList()));
    }

    /** Shares, R², AUC and correlations: parts of a measurement that are all such numbers can be held against one another. */
    private static boolean isShare(RowMark mark) {
        return !(Math.abs(mark.value()) > 1);
    }

    private static List<Double> edges(Quantity quantity) {
        NullBand band = ChanceMarks.shown(quantity);
        return band == null ? List.of() : Arrays.stream(band.edges()).boxed().toList();
    }

    /** @param part whether all rows are parts of one measurement, so that each is headed by its part alone */
    private static Row row(
            Quantity quantity, String id, List<RowMark> marks, Scale scale, List<String> common, boolean part) {
        Plotted plotted = Plotted.of(quantity);
        double[] values = Arrays.stream(plotted.values())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        boolean one = plotted.values().length == 1;
        List<String> rest = About.without(About.of(quantity.doc()), common);
        NullBand chance = quantity.chance();
        String said = one || values.length == 0 ? "" : spread(quantity, values);
        String beside = chance == null ? "" : "chance: " + ChanceWords.edge(chance);
        return new Row(
                id,
                part
                        ? Titles.of(quantity.name(), quantity.title()).part()
                        : Titles.of(quantity.name(), quantity.title()).base(),
                quantity.name(),
                Markup.about(rest),
                Markup.svg(plot(quantity, marks, scale)),
                Numbers.show(marks.get(0).value()),
                one ? plotted.intervalText(0).strip() : "",
                said.isEmpty() || beside.isEmpty() ? said + beside : said + "; " + beside);
    }

    /** Draws stand on a line for each model, if those are not too many. */
    private static String plot(Quantity quantity, List<RowMark> marks, Scale scale) {
        List<Axis> axes = quantity.estimate().axes();
        NullBand chance = ChanceMarks.shown(quantity);
        if (!drawn(quantity) || marks.size() == 1) {
            return RowPlot.svg(quantity.title(), scale, marks, null, chance, true);
        }
        int draws = axes.get(axes.size() - 1).size();
        return RowPlot.svg(
                quantity.title(), scale, marks, null, chance, true, lines(quantity) > 1 ? draws : marks.size() - 1);
    }

    /** How many lines the draws of a quantity are on. */
    private static int lines(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        int models = quantity.estimate().data().length
                / Math.max(1, axes.get(axes.size() - 1).size());
        return models <= MOST_MODELS ? models : 1;
    }

    /** "mean of 3 seeds, 0.91 to 0.95"; "median of 20 draws, 2.20 to 4.41". */
    private static String spread(Quantity quantity, double[] sorted) {
        boolean draws = drawn(quantity);
        String units = draws
                ? "draw"
                : quantity.estimate().axes().stream()
                        .filter(axis -> axis.size() > 1)
                        .map(Axis::name)
                        .reduce((a, b) -> a + " and " + b)
                        .orElse("number");
        return (draws ? "median" : "mean") + " of "
                + Count.of(quantity.estimate().data().length, units) + ", " + Numbers.show(sorted[0]) + " to "
                + Numbers.show(sorted[sorted.length - 1]);
    }

    private static boolean drawn(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        return axes.size() > AxisKind.models(quantity);
    }

    /** The number that counts first: the one, the mean over models or the median of draws. */
    private static List<RowMark> marks(Quantity quantity) {
        Plotted plotted = Plotted.of(quantity);
        double[] values = plotted.values();
        double[] low = plotted.low();
        double[] high = plotted.high();
        List<RowMark> marks = new ArrayList<>();
        if (values.length == 1) {
            marks.add(new RowMark(
                    "alone",
                    values[0],
                    low == null ? Double.NaN : low[0],
                    high == null ? Double.NaN : high[0],
                    plotted.hint(0)));
            return marks;
        }
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        double middle = sorted.length == 0
                ? Double.NaN
                : drawn(quantity)
                        ? (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2
                        : Arrays.stream(sorted).average().orElse(Double.NaN);
        marks.add(new RowMark(
                "alone",
                middle,
                Double.NaN,
                Double.NaN,
                (drawn(quantity) ? "median " : "mean ") + Numbers.show(middle)));
        for (int i = 0; i < values.length; i++) {
            boolean draw = drawn(quantity);
            marks.add(new RowMark(
                    draw ? "draw" : "unit",
                    values[i],
                    draw || low == null ? Double.NaN : low[i],
                    draw || high == null ? Double.NaN : high[i],
                    plotted.hint(i)));
        }
        return marks;
    }

    private static List<String> caption(List<Quantity> quantities) {
        Set<String> sentences = new LinkedHashSet<>();
        quantities.forEach(quantity -> sentences.add(FigureCaption.interval(quantity)));
        if (quantities.stream().anyMatch(NumberTable::drawn)) {
            sentences.add(
                    quantities.stream().anyMatch(q -> drawn(q) && lines(q) > 1)
                            ? "Dots in one line are random draws in one model, the diamond is the median of all."
                            : "Dots in one line are random draws, the diamond is their median.");
        }
        if (quantities.stream().anyMatch(q -> q.estimate().data().length > 1 && !drawn(q))) {
            sentences.add("Dots below the diamond are single models, the diamond is their mean.");
        }
        if (quantities.stream().anyMatch(q -> q.chance() != null)) {
            sentences.add("Shaded: inside chance.");
        }
        return List.copyOf(sentences);
    }
}
