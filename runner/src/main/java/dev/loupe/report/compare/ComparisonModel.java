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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as its page shows it: every number as text, every difference on one line.
 *
 * @param specs where the specs differ
 * @param inputs what else went in
 * @param claims verdicts
 * @param models the models of all runs beside one another; null where the runs claim nothing
 * @param differing measurements with numbers that differ beyond their intervals, those of which most do first
 * @param same measurements that are compared and have none
 * @param apart measurements that no two runs have at the same labels
 */
public record ComparisonModel(
        RunComparison of,
        ComparedRows specs,
        ComparedRows inputs,
        ComparedRows claims,
        @Nullable ModelsSection models,
        List<Section> differing,
        List<Section> same,
        List<Section> apart) {
    /** Of a larger result the numbers with the largest differences are shown; the table of all lies beside the page. */
    private static final int MOST = 24;

    /** So many of these stand open. */
    private static final int OPEN_LINES = 4;

    /** Measurements stand open until they show so many lines; the others open at a click. */
    private static final int MOST_OPEN_LINES = 60;

    /**
     * One measurement.
     *
     * @param name its key in the spec
     * @param about in which unit, and what the intervals of differences rest on
     * @param count how many of how many numbers differ
     * @param largest the largest difference and where it is
     * @param values the places of runs that have a number of it
     * @param differences the places of runs, after the first, with a difference from it
     * @param open whether its table is shown at once
     */
    public record Section(
            String id,
            String name,
            String title,
            List<String> about,
            String count,
            String largest,
            List<Integer> values,
            List<Integer> differences,
            boolean open,
            List<Part> parts) {
        /** What its folded table says of it. */
        public String line() {
            return largest.isEmpty() ? count : count + ", at most by " + largest;
        }
    }

    /**
     * One result of a measurement.
     *
     * @param heading empty where it is the only one
     * @param rest further lines, folded
     * @param more in words, what the folded lines are
     */
    public record Part(String heading, List<Line> lines, List<Line> rest, String more) {}

    /** One number: its values in the runs, and its differences from the first of them. */
    public record Line(String label, List<Text> values, List<Text> differences, TemplateHTMLOutputModel plot) {}

    /** @param differs whether the interval leaves 0 out */
    public record Text(String number, String interval, boolean differs) {
        static final Text NOTHING = new Text("", "", false);
    }

    public static ComparisonModel of(RunComparison comparison) {
        List<Section> differing = new ArrayList<>();
        List<Section> same = new ArrayList<>();
        List<Section> apart = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int openLines = 0;
        for (ComparedMeasurement measurement : ComparedMeasurement.of(comparison.results()).stream()
                .sorted(ComparedMeasurement.MOST_DIFFERENT_FIRST)
                .toList()) {
            boolean differs = measurement.different() > 0;
            Section section = section(
                    measurement,
                    comparison.runs(),
                    free("result-" + measurement.name().replaceAll("[^A-Za-z0-9]+", "-"), ids),
                    differs && openLines < MOST_OPEN_LINES);
            if (differs) {
                openLines += section.parts().stream()
                        .mapToInt(part -> part.lines().size())
                        .sum();
            }
            (differs ? differing : measurement.compared() > 0 ? same : apart).add(section);
        }
        return new ComparisonModel(
                comparison,
                ComparedRows.ofSpecs(comparison.spec()),
                ComparedRows.ofInputs(comparison.inputs()),
                ComparedRows.ofClaims(comparison.claims()),
                ModelsSection.of(comparison.runs().stream()
                        .map(run -> new NamedRun(run.label(), run.result()))
                        .toList()),
                differing,
                same,
                apart);
    }

    private static String free(String id, Set<String> taken) {
        String free = id;
        for (int n = 2; !taken.add(free); n++) {
            free = id + "-" + n;
        }
        return free;
    }

    private static Section section(ComparedMeasurement measurement, List<ComparedRun> runs, String id, boolean open) {
        return new Section(
                id,
                measurement.name(),
                measurement.title(),
                about(measurement),
                measurement.compared() == 0
                        ? "nothing to compare"
                        : measurement.different() + " of " + Count.of(measurement.compared(), "difference"),
                measurement.largest(runs),
                columns(measurement, 0, runs.size(), (cell, r) -> cell.sides().get(r) != null),
                columns(
                        measurement,
                        1,
                        runs.size(),
                        (cell, r) -> cell.differences().get(r - 1) != null),
                open,
                measurement.results().stream()
                        .map(result -> part(result, measurement.heading(result), runs))
                        .toList());
    }

    private static List<Integer> columns(
            ComparedMeasurement measurement, int from, int to, BiPredicate<ComparedResult.Cell, Integer> has) {
        return IntStream.range(from, to)
                .filter(r -> measurement.results().stream()
                        .flatMap(result -> result.cells().stream())
                        .anyMatch(cell -> has.test(cell, r)))
                .boxed()
                .toList();
    }

    /** What all its results have in common is said once, the rest of each under its heading. */
    private static List<String> about(ComparedMeasurement measurement) {
        List<List<String>> each =
                measurement.results().stream().map(ComparisonModel::about).toList();
        List<String> common = new ArrayList<>(each.get(0));
        each.forEach(common::retainAll);
        List<String> said = new ArrayList<>(common);
        for (int i = 0; i < each.size(); i++) {
            List<String> own = new ArrayList<>(each.get(i));
            own.removeAll(common);
            if (!own.isEmpty()) {
                said.add(measurement.heading(measurement.results().get(i)) + ": " + String.join(" ", own));
            }
        }
        return said;
    }

    private static Part part(ComparedResult result, String heading, List<ComparedRun> runs) {
        List<ComparedResult.Cell> shown = result.foremost(MOST);
        List<RowMark> all = new ArrayList<>();
        shown.forEach(cell -> all.addAll(marks(cell, runs)));
        List<Difference> differences = result.differences().toList();
        long kinds = differences.stream().map(Difference::kind).distinct().count();
        Scale scale = all.isEmpty() ? null : RowPlot.scale(all, null, List.of(0.0));
        List<Line> lines = new ArrayList<>();
        for (ComparedResult.Cell cell : shown) {
            List<RowMark> marks = marks(cell, runs);
            lines.add(new Line(
                    cell.label(),
                    cell.sides().stream().map(ComparisonModel::text).toList(),
                    cell.differences().stream()
                            .map(difference -> text(difference, kinds > 1))
                            .toList(),
                    Markup.svg(
                            scale == null || marks.isEmpty()
                                    ? ""
                                    : RowPlot.svg(result.first().title(), scale, marks, null, null, true))));
        }
        boolean differs = differences.stream().anyMatch(Difference::differs);
        int open = !differs && !heading.isEmpty() ? 0 : lines.size() <= OPEN_LINES + 1 ? lines.size() : OPEN_LINES;
        int left = result.cells().size() - lines.size();
        return new Part(
                heading,
                lines.subList(0, open),
                lines.subList(open, lines.size()),
                (heading.isEmpty() ? "" : heading + ": ")
                        + (open > 0 ? lines.size() - open + " more" : Count.of(lines.size(), "number"))
                        + (left == 0 ? "" : "; " + left + " others are in the CSV file beside this page")
                        + (open > 0 ? "" : differences.isEmpty() ? ", nothing to compare" : ", no difference"));
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

    /** @param mixed whether the kind of its interval is not said for all differences of the result */
    private static Text text(@Nullable Difference difference, boolean mixed) {
        return difference == null
                ? Text.NOTHING
                : new Text(
                        Numbers.show(difference.value()),
                        difference.kind() == Difference.Kind.EXACT
                                ? "exact"
                                : Numbers.interval(difference.low(), difference.high())
                                        + (mixed ? " " + difference.kind().word() : ""),
                        difference.differs());
    }

    private static List<String> about(ComparedResult result) {
        List<String> said = new ArrayList<>();
        if (!result.first().unit().isEmpty()) {
            said.add("In " + result.first().unit() + ".");
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
