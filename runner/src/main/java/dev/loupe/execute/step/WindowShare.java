package dev.loupe.execute.step;

import dev.loupe.plan.values.Additivity;
import dev.loupe.result.sample.RowTable;

/** The arithmetic of {@link Additivity}. */
public final class WindowShare {
    private WindowShare() {}

    public static RowTable of(Additivity step, RowTable value, RowTable zero) {
        int cells = step.singles().size();
        double[] numerator = new double[value.numerator().length];
        double[] denominator = new double[numerator.length];
        for (int i = 0; i < numerator.length; i++) {
            int base = i / cells;
            double from = zero.numerator()[base];
            numerator[i] = value.numerator()[i] - from;
            for (int single : step.singles().get(i % cells)) {
                denominator[i] += value.numerator()[base * cells + single] - from;
            }
        }
        blank(step, value, zero, numerator, denominator);
        return new RowTable(value.axes(), value.rows(), numerator, denominator);
    }

    /** Counts nothing where the mean sum of singles is too small to be divided by. */
    private static void blank(
            Additivity step, RowTable value, RowTable zero, double[] numerator, double[] denominator) {
        int cells = step.singles().size();
        int parts = zero.width();
        int width = value.width();
        for (int at = 0; at < width; at++) {
            double sum = 0;
            double count = 0;
            for (int row = 0; row < value.rows(); row++) {
                sum += denominator[row * width + at];
                count += zero.denominator()[row * parts + at / cells];
            }
            if (count == 0 || Math.abs(sum / count) < step.least().get(at / cells)) {
                for (int row = 0; row < value.rows(); row++) {
                    numerator[row * width + at] = 0;
                    denominator[row * width + at] = 0;
                }
            }
        }
    }
}
