package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.neurons.ContrastFactors;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arithmetic of {@link ContrastFactors}: a row of the result is a group of prompts, or with {@code by} the n-th group of every
 * value of that label.
 */
final class FactorContrast {
    private final ContrastFactors step;
    private final RowTable values;
    private final int width;
    /** The rows of each group by cell; the first factor's own level is bit 0, 0 for own. */
    private final List<int[]> groups = new ArrayList<>();

    private final int[] kind;

    FactorContrast(ContrastFactors step, TokenRows rows, RowTable values) {
        this.step = step;
        this.values = values;
        this.width = values.width();
        Map<Integer, int[]> byDocument = new LinkedHashMap<>();
        int cells = 1 << step.factors().size();
        for (int r = 0; r < rows.rows(); r++) {
            int cell = 0;
            for (int f = 0; f < step.factors().size(); f++) {
                cell |= rows.label(step.factors().get(f)).values()[r][0] << f;
            }
            int[] own = byDocument.computeIfAbsent(rows.document(r), k -> new int[0]);
            own = own.length == 0 ? filled(cells) : own;
            if (cell >= 0) {
                own[cell] = r;
            }
            byDocument.put(rows.document(r), own);
        }
        byDocument.values().stream()
                .filter(group -> Arrays.stream(group).allMatch(r -> r >= 0))
                .forEach(groups::add);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException(
                    "no group has a prompt for every combination of " + String.join(" and ", step.factors()));
        }
        Label by = step.by().isEmpty() ? null : rows.label(step.by());
        this.kind = groups.stream()
                .mapToInt(group -> by == null ? 0 : by.values()[group[0]][0])
                .toArray();
    }

    private static int[] filled(int cells) {
        int[] none = new int[cells];
        Arrays.fill(none, -1);
        return none;
    }

    private double value(int row, int i) {
        double count = values.denominator()[row * width + i];
        return count == 0 ? Double.NaN : values.numerator()[row * width + i] / count;
    }

    RowTable table() {
        int parts = step.part().size();
        int kinds = step.by().isEmpty() ? 1 : step.kinds().size();
        List<Axis> axes = new ArrayList<>(step.outer());
        axes.addAll(values.axes());
        int all = NamedArray.sizeOf(axes);
        int[] seen = new int[kinds];
        int[] place = Arrays.stream(kind).map(k -> seen[k]++).toArray();
        int rows = Arrays.stream(seen).max().orElse(0);
        double[] numerator = new double[rows * all];
        double[] denominator = new double[numerator.length];
        double[][] spread = new double[kinds][width];
        for (int k = 0; k < kinds; k++) {
            for (int i = 0; i < width; i++) {
                spread[k][i] = within(k, i);
            }
        }
        for (int g = 0; g < groups.size(); g++) {
            for (int i = 0; i < width; i++) {
                double[] told = step.factors().size() == 1
                        ? one(groups.get(g), i, spread[kind[g]][i])
                        : two(groups.get(g), i, spread[kind[g]][i]);
                for (int part = 0; part < parts; part++) {
                    int at = place[g] * all + (part * kinds + kind[g]) * width + i;
                    numerator[at] = Double.isNaN(told[part]) ? 0 : told[part];
                    denominator[at] = Double.isNaN(told[part]) ? 0 : 1;
                }
            }
        }
        return new RowTable(axes, rows, numerator, denominator);
    }

    private double[] one(int[] rows, int i, double spread) {
        double effect = value(rows[0], i) - value(rows[1], i);
        return new double[] {
            effect,
            effect / (spread == 0 ? Double.NaN : spread),
            Double.isNaN(effect) ? effect : effect > 0 ? 1 : effect == 0 ? 0.5 : 0
        };
    }

    private double[] two(int[] rows, int i, double spread) {
        double both = value(rows[0], i);
        double second = value(rows[1], i);
        double first = value(rows[2], i);
        double neither = value(rows[3], i);
        double interaction = both - second - first + neither;
        return new double[] {
            interaction,
            interaction / (spread == 0 ? Double.NaN : spread),
            Math.min(both - second, both - first),
            (both - second + first - neither) / 2,
            (both - first + second - neither) / 2
        };
    }

    /** The standard deviation over the groups that have a value inside each cell, pooled over the cells. */
    private double within(int which, int i) {
        double squares = 0;
        int free = 0;
        for (int cell = 0; cell < groups.get(0).length; cell++) {
            double mean = 0;
            int n = 0;
            for (int g = 0; g < groups.size(); g++) {
                double value = value(groups.get(g)[cell], i);
                if (kind[g] == which && !Double.isNaN(value)) {
                    mean += value;
                    n++;
                }
            }
            mean /= n;
            for (int g = 0; g < groups.size(); g++) {
                double value = value(groups.get(g)[cell], i);
                if (kind[g] == which && !Double.isNaN(value)) {
                    squares += Math.pow(value - mean, 2);
                }
            }
            free += Math.max(0, n - 1);
        }
        return free == 0 ? 0 : Math.sqrt(squares / free);
    }
}
