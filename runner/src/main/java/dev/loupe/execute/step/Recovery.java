package dev.loupe.execute.step;

import dev.loupe.plan.values.Change;
import dev.loupe.plan.values.Recover;
import dev.loupe.result.sample.RowTable;
import java.util.Set;

/** The arithmetic of {@link Recover} and {@link Change}: what edited runs are beside the run that was edited. */
public final class Recovery {
    private Recovery() {}

    /** @param absent cells that the model does not have */
    public static RowTable of(Recover step, RowTable value, RowTable zero, RowTable one, Set<Integer> absent) {
        int parts = zero.width();
        int cells = value.width() / parts;
        boolean[] undefined = undefined(step, zero, one);
        double[] numerator = new double[value.numerator().length];
        double[] denominator = new double[numerator.length];
        for (int i = 0; i < numerator.length; i++) {
            int base = i / cells;
            if (absent.contains(i % cells)) {
                denominator[i] = value.denominator()[i];
                continue;
            }
            if (undefined[base % parts]) {
                continue;
            }
            double count = value.denominator()[i];
            if (count != zero.denominator()[base] || count != one.denominator()[base]) {
                throw new IllegalArgumentException("a recovery compares equal positions of both runs, but a row has "
                        + count + ", " + zero.denominator()[base] + " and " + one.denominator()[base]);
            }
            // The counts are equal, so a ratio of sums is the ratio of means.
            numerator[i] = value.numerator()[i] - zero.numerator()[base];
            denominator[i] = one.numerator()[base] - zero.numerator()[base];
        }
        return new RowTable(value.axes(), value.rows(), numerator, denominator);
    }

    /** @param absent cells that the model does not have: they change nothing */
    public static RowTable change(RowTable value, RowTable zero, Set<Integer> absent) {
        int cells = value.width() / zero.width();
        double[] numerator = new double[value.numerator().length];
        for (int i = 0; i < numerator.length; i++) {
            int base = i / cells;
            double count = value.denominator()[i];
            if (count != zero.denominator()[base]) {
                throw new IllegalArgumentException("a change compares equal positions of both runs, but a row has "
                        + count + " and " + zero.denominator()[base]);
            }
            numerator[i] = absent.contains(i % cells) ? 0 : value.numerator()[i] - zero.numerator()[base];
        }
        return new RowTable(value.axes(), value.rows(), numerator, value.denominator());
    }

    /** By part: whether the two unedited means are too close for a share of their difference to mean anything. */
    private static boolean[] undefined(Recover step, RowTable zero, RowTable one) {
        double[] from = zero.estimate().data();
        double[] to = one.estimate().data();
        boolean[] out = new boolean[from.length];
        for (int part = 0; part < out.length; part++) {
            out[part] = Math.abs(to[part] - from[part]) < step.least().get(part);
        }
        return out;
    }
}
