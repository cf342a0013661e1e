package dev.loupe.report.models;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** One claim in all models, a line each: its number with its interval, the limit, and where chance ends in that model. */
final class ForestPlot {
    private static final double WIDTH = 478;
    private static final double LETTER = 6.6;
    private static final int MOST_LETTERS = 30;
    private static final double EACH = 19;
    private static final double TOP = 6;
    private static final double BOTTOM = 24;

    private ForestPlot() {}

    static String svg(ModelClaims.Column column, List<ModelRow> order) {
        List<ModelRow> rows =
                order.stream().filter(column.entries()::containsKey).toList();
        double left = 14
                + LETTER
                        * rows.stream()
                                .mapToInt(row -> name(row).length())
                                .max()
                                .orElse(0);
        Scale x = scale(column, left);
        double floor = TOP + rows.size() * EACH;
        Svg svg = new Svg(WIDTH, floor + BOTTOM, column.say() + ": " + column.holds() + ".");
        limits(svg, column.limits(), x, left, floor);
        for (double tick : x.ticks(5)) {
            svg.line(tick == 0 ? "zero" : "grid", x.at(tick), TOP, x.at(tick), floor);
            svg.centred("tick mid", x.at(tick), floor + 16, x.tickText(tick, 5));
        }
        for (int i = 0; i < rows.size(); i++) {
            ModelClaims.Entry entry = column.entries().get(rows.get(i));
            if (entry != null) {
                double y = TOP + (i + 0.5) * EACH;
                svg.label("tick end strong", left - 8, y + 4, name(rows.get(i)));
                row(svg, rows.get(i), entry, x, y);
            }
        }
        return svg.done();
    }

    private static String name(ModelRow row) {
        String text = VisibleLabel.of(row.label()) + (row.size().isEmpty() ? "" : " · " + row.size());
        return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS - 1) + "…";
    }

    private static Scale scale(ModelClaims.Column column, double left) {
        double[] shown = DoubleStream.concat(
                        column.entries().values().stream().flatMapToDouble(entry -> {
                            ClaimResult.Part part = entry.part();
                            return DoubleStream.of(part.observed(), part.low(), part.high(), entry.chance());
                        }),
                        Stream.of(column.limits().above(), column.limits().below())
                                .filter(Objects::nonNull)
                                .mapToDouble(Double::doubleValue))
                .filter(Double::isFinite)
                .toArray();
        double low = DoubleStream.of(shown).min().orElse(0);
        double high = DoubleStream.of(shown).max().orElse(1);
        double room = 0.04 * (high - low);
        return Scale.nice(low - room, high + room, left + 4, WIDTH - 14);
    }

    private static void limits(Svg svg, Limits limits, Scale x, double left, double floor) {
        Double above = limits.above();
        Double below = limits.below();
        double from = above == null ? left + 4 : x.at(above);
        double to = below == null ? WIDTH - 14 : x.at(below);
        svg.rect("wanted", from, TOP, to - from, floor - TOP).end();
        if (above != null) {
            svg.line("limit", from, TOP, from, floor + 4);
        }
        if (below != null) {
            svg.line("limit", to, TOP, to, floor + 4);
        }
    }

    private static void row(Svg svg, ModelRow row, ModelClaims.Entry entry, Scale x, double y) {
        ClaimResult.Part part = entry.part();
        if (Double.isFinite(entry.chance())) {
            svg.open("path")
                    .attr("class", "draw")
                    .attr("d", "M" + Svg.num(x.at(entry.chance())) + " " + Svg.num(y - 7) + "v14")
                    .hint(row.label() + ": chance ends at " + Numbers.show(entry.chance()))
                    .end();
        }
        if (!Double.isFinite(part.observed())) {
            return;
        }
        svg.open("g")
                .attr("class", "row " + part.verdict().word())
                .hint(row.label() + ": " + Numbers.show(part.observed()) + " " + Numbers.interval(part) + " "
                        + part.verdict().word());
        if (Double.isFinite(part.low()) && Double.isFinite(part.high())) {
            svg.line("reach", x.at(part.low()), y, x.at(part.high()), y);
        }
        switch (part.verdict()) {
            case HOLDS -> svg.circle("head", x.at(part.observed()), y, 4).end();
            case UNDECIDED ->
                svg.path(
                        "head",
                        "M" + Svg.num(x.at(part.observed())) + " " + Svg.num(y - 5.5) + "l5.5 5.5l-5.5 5.5l-5.5-5.5z");
            case REFUTED ->
                svg.rect("head", x.at(part.observed()) - 4, y - 4, 8, 8).end();
        }
        svg.end();
    }
}
