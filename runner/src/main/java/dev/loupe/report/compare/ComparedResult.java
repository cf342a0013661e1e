package dev.loupe.report.compare;

import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One measurement in all runs that have it, number by number.
 *
 * @param cells the numbers of the first run that has it, and of each other run the number at the same labels
 * @param apart what is compared with nothing, in words; empty where every number has a counterpart
 */
public record ComparedResult(Quantity first, List<Cell> cells, String apart) {
    /**
     * One place of the result.
     *
     * @param label such as {@code seed 0, L1H2}, empty for a single number
     * @param sides one for each run, null where that run has no such number
     * @param differences from the first run, one for each run after it, null where there is nothing to subtract
     */
    public record Cell(String label, List<Difference.@Nullable Side> sides, List<@Nullable Difference> differences) {
        boolean differs() {
            return differences.stream().filter(Objects::nonNull).anyMatch(Difference::differs);
        }

        double largest() {
            return differences.stream()
                    .filter(Objects::nonNull)
                    .mapToDouble(d -> Math.abs(d.value()))
                    .filter(d -> !Double.isNaN(d))
                    .max()
                    .orElse(-1);
        }
    }

    /** Its differences, cell by cell. */
    Stream<Difference> differences() {
        return cells.stream().flatMap(cell -> cell.differences().stream()).filter(Objects::nonNull);
    }

    /** @param name a measurement that at least one run has */
    static ComparedResult of(String name, List<ComparedRun> runs) {
        List<@Nullable Quantity> each = new ArrayList<>();
        runs.forEach(run -> each.add(run.quantity(name).orElse(null)));
        Quantity first = each.stream().filter(Objects::nonNull).findFirst().orElseThrow();
        List<Cell> cells = new ArrayList<>();
        NamedArray numbers = first.estimate();
        for (int i = 0; i < numbers.data().length; i++) {
            cells.add(cell(i, first, each, runs));
        }
        return new ComparedResult(first, cells, apart(first, each, runs));
    }

    private static Cell cell(int number, Quantity first, List<@Nullable Quantity> each, List<ComparedRun> runs) {
        int[] at = first.estimate().coordinates(number);
        List<Axis> axes = first.estimate().axes();
        List<Difference.@Nullable Side> sides = new ArrayList<>();
        List<@Nullable Difference> differences = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            Quantity own = each.get(r);
            int place = own == null ? -1 : place(own.estimate(), axes, at);
            sides.add(own == null || place < 0 ? null : runs.get(r).side(own, place));
            if (r > 0) {
                Difference.Side before = sides.get(0);
                Difference.Side now = sides.get(r);
                differences.add(
                        before == null || now == null || own == null
                                ? null
                                : Difference.of(
                                        before, now, sameDraws(first, runs.get(0), own, runs.get(r)), level(first)));
            }
        }
        StringBuilder label = new StringBuilder();
        for (int k = 0; k < axes.size(); k++) {
            label.append(k == 0 ? "" : ", ")
                    .append(axes.get(k).name())
                    .append(' ')
                    .append(axes.get(k).labels().get(at[k]));
        }
        return new Cell(label.toString(), sides, differences);
    }

    private static double level(Quantity quantity) {
        Interval interval = quantity.interval();
        return interval == null ? .95 : interval.level();
    }

    /** Draw b counts the same rows where the rows are the same and are drawn by the same method, seed and number. */
    private static boolean sameDraws(Quantity a, ComparedRun runOfA, Quantity b, ComparedRun runOfB) {
        Interval one = a.interval();
        Interval other = b.interval();
        String rows = runOfA.rows(a);
        return one != null
                && other != null
                && one.n() == other.n()
                && one.method().equals(other.method())
                && rows != null
                && rows.equals(runOfB.rows(b));
    }

    /** Where another run has the number at the same labels, whatever the order of its axes; -1 where it has none. */
    private static int place(NamedArray other, List<Axis> axes, int[] at) {
        if (!names(other.axes()).equals(names(axes))) {
            return -1;
        }
        int place = 0;
        for (Axis axis : other.axes()) {
            for (int k = 0; k < axes.size(); k++) {
                if (axes.get(k).name().equals(axis.name())) {
                    int label = axis.labels().indexOf(axes.get(k).labels().get(at[k]));
                    if (label < 0) {
                        return -1;
                    }
                    place = place * axis.size() + label;
                }
            }
        }
        return place;
    }

    private static Set<String> names(List<Axis> axes) {
        return axes.stream().map(Axis::name).collect(Collectors.toSet());
    }

    private static String apart(Quantity first, List<@Nullable Quantity> each, List<ComparedRun> runs) {
        List<String> said = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            Quantity own = each.get(r);
            if (own == null) {
                said.add(runs.get(r).label() + " does not have this measurement");
            } else if (!own.estimate().axes().equals(first.estimate().axes())) {
                said.add(runs.get(r).label() + " has "
                        + (own.estimate().axes().isEmpty()
                                ? "a single number"
                                : NamedArray.describe(own.estimate().axes()))
                        + "; numbers are compared where all labels are the same");
            } else if (!own.unit().equals(first.unit())) {
                said.add(runs.get(r).label() + " is in " + (own.unit().isEmpty() ? "no unit" : own.unit()));
            }
        }
        return String.join("; ", said);
    }

    /** Cells with a difference beyond its interval first, those with the largest differences before others. */
    List<Cell> foremost(int most) {
        return cells.stream()
                .sorted(Comparator.comparing(Cell::differs)
                        .thenComparingDouble(Cell::largest)
                        .reversed())
                .limit(most)
                .toList();
    }
}
