package dev.loupe.report.compare;

import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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

    /**
     * @param name a measurement that at least one run has
     * @param rows what each run read
     */
    static ComparedResult of(String name, List<ComparedRun> runs, List<RowsRead> rows) {
        List<@Nullable Quantity> each = new ArrayList<>();
        runs.forEach(run -> each.add(run.quantity(name).orElse(null)));
        Quantity first = each.stream().filter(Objects::nonNull).findFirst().orElseThrow();
        List<Cell> cells = new ArrayList<>();
        NamedArray numbers = first.estimate();
        List<@Nullable SameLabels> matches = new ArrayList<>();
        List<Boolean> sameDraws = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            Quantity own = each.get(r);
            matches.add(own == null ? null : new SameLabels(numbers, own.estimate()));
            sameDraws.add(own != null && sameDraws(first, own) && rows.get(0).same(first, rows.get(r), own));
        }
        for (int i = 0; i < numbers.data().length; i++) {
            cells.add(cell(i, first, each, runs, matches, sameDraws));
        }
        return new ComparedResult(first, cells, apart(first, each, runs, matches));
    }

    private static Cell cell(
            int number,
            Quantity first,
            List<@Nullable Quantity> each,
            List<ComparedRun> runs,
            List<@Nullable SameLabels> matches,
            List<Boolean> sameDraws) {
        int[] at = first.estimate().coordinates(number);
        List<Axis> axes = first.estimate().axes();
        List<Difference.@Nullable Side> sides = new ArrayList<>();
        List<@Nullable Difference> differences = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            Quantity own = each.get(r);
            SameLabels labels = matches.get(r);
            int place = labels == null ? -1 : labels.place(at);
            sides.add(own == null || place < 0 ? null : runs.get(r).side(own, place));
            if (r > 0) {
                Difference.Side before = sides.get(0);
                Difference.Side now = sides.get(r);
                differences.add(
                        before == null
                                        || now == null
                                        || own == null
                                        || !own.unit().equals(first.unit())
                                ? null
                                : Difference.of(before, now, sameDraws.get(r), level(first, own)));
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

    /** Of two intervals the difference has the smaller coverage, so that it claims no more than either. */
    private static double level(Quantity first, Quantity own) {
        Interval one = first.interval();
        Interval other = own.interval();
        if (one == null || other == null) {
            Interval only = one == null ? other : one;
            return only == null ? .95 : only.level();
        }
        return Math.min(one.level(), other.level());
    }

    /** Draw b of both counts rows by the same method, seed and number. */
    private static boolean sameDraws(Quantity a, Quantity b) {
        Interval one = a.interval();
        Interval other = b.interval();
        return one != null
                && other != null
                && one.n() == other.n()
                && one.method().equals(other.method());
    }

    private static String apart(
            Quantity first, List<@Nullable Quantity> each, List<ComparedRun> runs, List<@Nullable SameLabels> matches) {
        List<String> said = new ArrayList<>();
        for (int r = 0; r < runs.size(); r++) {
            Quantity own = each.get(r);
            SameLabels labels = matches.get(r);
            String run = runs.get(r).label();
            if (own == null || labels == null) {
                said.add(run + " does not have this measurement");
                continue;
            }
            labels.unlike().forEach(model -> said.add(run + " has " + model));
            if (labels.unlike().isEmpty()
                    && !own.estimate().axes().equals(first.estimate().axes())) {
                said.add(run + " has "
                        + (own.estimate().axes().isEmpty()
                                ? "a single number"
                                : NamedArray.describe(own.estimate().axes()))
                        + "; numbers are compared where all labels are the same");
            }
            if (!own.unit().equals(first.unit())) {
                said.add(
                        run + " is in " + unit(own) + " and not in " + unit(first) + ", so that nothing is subtracted");
            } else if (!reading(own).isEmpty()
                    && !reading(first).isEmpty()
                    && !reading(own).equals(reading(first))) {
                said.add(run + " reads another metric: " + reading(own) + ", not " + reading(first));
            }
        }
        return String.join("; ", said);
    }

    private static String unit(Quantity quantity) {
        return quantity.unit().isEmpty() ? "no unit" : quantity.unit();
    }

    private static String reading(Quantity quantity) {
        return quantity.setting().reading();
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
