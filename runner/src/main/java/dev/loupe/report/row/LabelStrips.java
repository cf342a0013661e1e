package dev.loupe.report.row;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How well labels are told, a row each on one scale from chance (an AUC of 0.5) to 1: what was found in each model with its
 * interval, beside what moved labels, token ids and untrained models give.
 */
public final class LabelStrips {
    private static final double WIDTH = 640;
    private static final double LETTER = 7;
    private static final double TOP = 30;
    private static final double EACH = 7;
    private static final double BOTTOM = 40;

    /** Where the legend begins at the latest, so that it ends on the picture. */
    private static final double MOST_LEFT = 170;

    /** With more models than this, intervals are in the table alone. */
    private static final int MOST_WHISKERS = 5;

    private LabelStrips() {}

    /**
     * One label.
     *
     * @param chance up to here the same search finds moved labels, NaN where that is not known
     * @param tokens AUC of token ids, NaN likewise
     * @param untrained the largest AUC in untrained models, NaN where none were searched
     */
    public record Row(String label, double chance, double tokens, double untrained, List<Mark> marks) {}

    /** @param component the neuron in one model, such as L0N12 */
    public record Mark(String component, double auc, double low, double high, boolean found, String hint) {}

    public static String svg(String name, List<Row> rows) {
        double left = 16
                + LETTER
                        * rows.stream()
                                .mapToInt(row -> row.label().length())
                                .max()
                                .orElse(0);
        double low = rows.stream()
                .flatMapToDouble(LabelStrips::shown)
                .filter(Double::isFinite)
                .min()
                .orElse(0.5);
        int models = rows.stream().mapToInt(row -> row.marks().size()).max().orElse(1);
        double height = 12 + EACH * Math.max(2, models);
        double floor = TOP + rows.size() * height;
        Scale x = new Scale(Math.min(0.5, Math.floor(10 * low) / 10), 1, left, WIDTH - 16);
        Svg svg = new Svg(WIDTH, floor + BOTTOM, name + ": " + words(rows));
        legend(svg, Math.min(left, MOST_LEFT));
        for (double tick : x.ticks(5)) {
            svg.line("grid", x.at(tick), TOP, x.at(tick), floor);
            svg.label("tick mid", x.at(tick), floor + 16, x.tickText(tick, 5));
        }
        svg.label("axis mid", (left + WIDTH - 16) / 2, floor + BOTTOM - 6, "AUC on test documents");
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), x, TOP + i * height, height);
        }
        return svg.done();
    }

    /** Whether a row has too many models for an interval and a long hint at each. */
    public static boolean isCrowd(int models) {
        return models > MOST_WHISKERS;
    }

    private static DoubleStream shown(Row row) {
        return DoubleStream.concat(
                DoubleStream.of(row.chance(), row.tokens(), row.untrained()),
                row.marks().stream().mapToDouble(Mark::auc));
    }

    /** What each mark is, drawn as it is drawn below. */
    private static void legend(Svg svg, double left) {
        mark(svg, left + 6, 12, true);
        svg.label("tick", left + 15, 16, "found");
        mark(svg, left + 66, 12, false);
        svg.label("tick", left + 75, 16, "not found");
        svg.rect("chanceband", left + 148, 5, 18, 14).end();
        svg.label("tick", left + 172, 16, "moved labels");
        tokens(svg, left + 270, 12);
        svg.label("tick", left + 280, 16, "token ids");
        svg.path("base", "M" + Svg.num(left + 352) + " 5v14");
        svg.label("tick", left + 360, 16, "untrained models");
    }

    private static void row(Svg svg, Row row, Scale x, double top, double height) {
        svg.label("tick end strong", x.from() - 8, top + height / 2 + 4, row.label());
        svg.line("rule", x.from(), top + height, x.to(), top + height);
        if (Double.isFinite(row.chance())) {
            svg.rect("chanceband", x.from(), top + 2, x.at(row.chance()) - x.from(), height - 4)
                    .hint(row.label() + ", moved: up to " + Numbers.show(row.chance()))
                    .end();
        }
        if (Double.isFinite(row.untrained())) {
            svg.open("path")
                    .attr("class", "base")
                    .attr(
                            "d",
                            "M" + Svg.num(x.at(row.untrained())) + " " + Svg.num(top + 3) + "v" + Svg.num(height - 6))
                    .hint(row.label() + ", untrained: up to " + Numbers.show(row.untrained()))
                    .end();
        }
        if (Double.isFinite(row.tokens())) {
            svg.open("g").hint(row.label() + ", token ids: " + Numbers.show(row.tokens()));
            tokens(svg, x.at(row.tokens()), top + height / 2);
            svg.end();
        }
        int models = row.marks().size();
        for (int i = 0; i < models; i++) {
            Mark mark = row.marks().get(i);
            if (!Double.isFinite(mark.auc())) {
                continue;
            }
            double y = top + height / 2 + (i - (models - 1) / 2.0) * EACH;
            svg.open("g").attr("data-at", mark.component()).hint(mark.hint());
            if (!isCrowd(models) && Double.isFinite(mark.low()) && Double.isFinite(mark.high())) {
                svg.line("whisker", x.at(mark.low()), y, x.at(mark.high()), y);
            }
            mark(svg, x.at(mark.auc()), y, mark.found());
            svg.end();
        }
    }

    private static void mark(Svg svg, double x, double y, boolean found) {
        svg.circle(found ? "dot c0" : "seed", x, y, 4).end();
    }

    private static void tokens(Svg svg, double x, double y) {
        svg.path("tokenmark", "M" + Svg.num(x) + " " + Svg.num(y - 6) + "l5 6l-5 6l-5-6z");
    }

    private static String words(List<Row> rows) {
        return String.join(
                "; ",
                rows.stream()
                        .map(row -> row.label() + " "
                                + String.join(
                                        ", ",
                                        row.marks().stream()
                                                .map(mark -> Numbers.show(mark.auc()) + (mark.found() ? " found" : ""))
                                                .toList()))
                        .toList());
    }

    /** The largest of numbers, NaN where none is defined. */
    public static double largest(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(Double.NaN);
    }
}
