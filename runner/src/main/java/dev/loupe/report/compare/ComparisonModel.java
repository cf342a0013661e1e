package dev.loupe.report.compare;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.models.ModelsSection;
import dev.loupe.report.models.NamedRun;
import dev.loupe.report.row.RowMark;
import dev.loupe.report.row.RowPlot;
import dev.loupe.report.section.Markup;
import dev.loupe.text.Count;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as its page shows it: every number as text, every difference on one line.
 *
 * @param models the models of all runs beside one another; null where the runs claim nothing
 */
public record ComparisonModel(RunComparison of, @Nullable ModelsSection models, List<Section> sections) {
    /** Of a larger result the numbers with the largest differences are shown; the table of all lies beside the page. */
    private static final int MOST = 24;

    /**
     * One result.
     *
     * @param about in which unit, what is shown of it, and what the intervals of differences rest on
     */
    public record Section(String name, String title, List<String> about, List<Line> lines) {}

    /** One number: its values in the runs, and its differences from the first of them. */
    public record Line(String label, List<Text> values, List<Text> differences, TemplateHTMLOutputModel plot) {}

    /** @param differs whether the interval leaves 0 out */
    public record Text(String number, String interval, boolean differs) {
        static final Text NOTHING = new Text("", "", false);
    }

    public static ComparisonModel of(RunComparison comparison) {
        return new ComparisonModel(
                comparison,
                ModelsSection.of(comparison.runs().stream()
                        .map(run -> new NamedRun(run.label(), run.result()))
                        .toList()),
                comparison.results().stream()
                        .map(result -> section(result, comparison.runs()))
                        .toList());
    }

    private static Section section(ComparedResult result, List<ComparedRun> runs) {
        List<ComparedResult.Cell> shown = result.foremost(MOST);
        List<RowMark> all = new ArrayList<>();
        shown.forEach(cell -> all.addAll(marks(cell, runs)));
        Scale scale = all.isEmpty() ? null : RowPlot.scale(all, null, List.of(0.0));
        List<Line> lines = new ArrayList<>();
        for (ComparedResult.Cell cell : shown) {
            List<RowMark> marks = marks(cell, runs);
            lines.add(new Line(
                    cell.label(),
                    cell.sides().stream().map(ComparisonModel::text).toList(),
                    cell.differences().stream().map(ComparisonModel::text).toList(),
                    Markup.svg(
                            scale == null || marks.isEmpty()
                                    ? ""
                                    : RowPlot.svg(result.first().title(), scale, marks, null, null, true))));
        }
        return new Section(result.first().name(), result.first().title(), about(result, shown.size()), lines);
    }

    private static List<RowMark> marks(ComparedResult.Cell cell, List<ComparedRun> runs) {
        List<RowMark> marks = new ArrayList<>();
        for (int r = 0; r < cell.differences().size(); r++) {
            Difference difference = cell.differences().get(r);
            if (difference != null && Double.isFinite(difference.value())) {
                String hint = runs.get(r + 1).label() + " minus " + runs.get(0).label() + ": "
                        + Numbers.show(difference.value());
                marks.add(new RowMark(
                        difference.differs() ? "holds" : "unit",
                        difference.value(),
                        difference.low(),
                        difference.high(),
                        hint));
            }
        }
        return marks;
    }

    private static Text text(Difference.@Nullable Side side) {
        return side == null
                ? Text.NOTHING
                : new Text(
                        Numbers.show(side.value()),
                        side.exact() ? "" : Numbers.interval(side.low(), side.high()),
                        false);
    }

    private static Text text(@Nullable Difference difference) {
        return difference == null
                ? Text.NOTHING
                : new Text(
                        Numbers.show(difference.value()),
                        difference.kind() == Difference.Kind.EXACT
                                ? "exact"
                                : Numbers.interval(difference.low(), difference.high()) + " "
                                        + difference.kind().word(),
                        difference.differs());
    }

    private static List<String> about(ComparedResult result, int shown) {
        List<String> said = new ArrayList<>();
        if (!result.first().unit().isEmpty()) {
            said.add("In " + result.first().unit() + ".");
        }
        if (shown < result.cells().size()) {
            said.add("The " + shown + " of " + Count.of(result.cells().size(), "number")
                    + " with the largest differences; the others are in the CSV file beside this page.");
        }
        if (!result.apart().isEmpty()) {
            said.add(result.apart() + ".");
        }
        String kinds = result.cells().stream()
                .flatMap(cell -> cell.differences().stream())
                .filter(Objects::nonNull)
                .map(difference -> difference.kind().words())
                .distinct()
                .collect(Collectors.joining("; "));
        if (!kinds.isEmpty()) {
            said.add("Intervals of differences are " + kinds + ".");
        }
        return said;
    }
}
