package dev.loupe.report.compare;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Titles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All results of one measurement of the spec: they stand in one table.
 *
 * @param name the measurement's key in the spec
 * @param compared how many of its numbers at least two runs have
 * @param different how many of these differ beyond their interval
 */
record ComparedMeasurement(String name, String title, List<ComparedResult> results, int compared, int different) {
    /** Measurements by how many of their numbers differ: those of which most do stand first, others in the order of the spec. */
    static final Comparator<ComparedMeasurement> MOST_DIFFERENT_FIRST =
            Comparator.comparingDouble(ComparedMeasurement::share).reversed();

    static List<ComparedMeasurement> of(List<ComparedResult> results) {
        Map<String, List<ComparedResult>> together = new LinkedHashMap<>();
        for (ComparedResult result : results) {
            together.computeIfAbsent(titles(result).measurement(), name -> new ArrayList<>())
                    .add(result);
        }
        List<ComparedMeasurement> all = new ArrayList<>();
        together.forEach((name, parts) -> {
            List<Difference> differences =
                    parts.stream().flatMap(ComparedResult::differences).toList();
            all.add(new ComparedMeasurement(name, title(parts), parts, differences.size(), (int)
                    differences.stream().filter(Difference::differs).count()));
        });
        return all;
    }

    private double share() {
        return compared == 0 ? 0 : (double) different / compared;
    }

    /** The heading of one result in the table: its part where the measurement's title is said above. */
    String heading(ComparedResult result) {
        String part = titles(result).part();
        return results.size() == 1
                ? ""
                : part.isEmpty() || bases(results).size() > 1 ? result.first().title() : part;
    }

    private static Titles titles(ComparedResult result) {
        return Titles.of(result.first().name(), result.first().title());
    }

    private static List<String> bases(List<ComparedResult> parts) {
        return parts.stream().map(part -> titles(part).base()).distinct().toList();
    }

    private static String title(List<ComparedResult> parts) {
        List<String> bases = bases(parts);
        return bases.size() == 1 ? bases.get(0) : bases.get(0) + " and " + (bases.size() - 1) + " more";
    }

    /** Of the differences beyond their intervals, if there are any, the one farthest from 0 and where it is; empty where all are 0. */
    String largest(List<ComparedRun> runs) {
        double most = 0;
        String said = "";
        for (ComparedResult result : results) {
            for (ComparedResult.Cell cell : result.cells()) {
                for (int r = 0; r < cell.differences().size(); r++) {
                    Difference difference = cell.differences().get(r);
                    if (difference != null
                            && (different == 0 || difference.differs())
                            && Math.abs(difference.value()) > most) {
                        most = Math.abs(difference.value());
                        String where = String.join(
                                ", ",
                                List.of(
                                                heading(result),
                                                cell.label(),
                                                runs.size() > 2
                                                        ? runs.get(r + 1).label()
                                                        : "")
                                        .stream()
                                        .filter(part -> !part.isEmpty())
                                        .toList());
                        said = Numbers.show(difference.value())
                                + (result.first().unit().isEmpty()
                                        ? ""
                                        : " " + result.first().unit())
                                + (where.isEmpty() ? "" : " (" + where + ")");
                    }
                }
            }
        }
        return said;
    }
}
