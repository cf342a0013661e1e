package dev.loupe.execute.step;

import dev.loupe.execute.edit.RankedComponents;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.plan.values.Agreement;
import dev.loupe.plan.values.EstimateScatter;
import dev.loupe.plan.values.RecheckRows;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.List;

/** Estimates and exact values where each row has chosen by itself what is run. */
public final class RowwiseChecks {
    private RowwiseChecks() {}

    /**
     * The arithmetic of {@link RecheckRows}.
     *
     * @param value [row, rank] of the edited runs
     * @param zero [row] of the run before the edit
     */
    public static RowTable recheck(RecheckRows step, RowTable estimate, RowTable value, RowTable zero) {
        Ranking.ByStep ranking = new Ranking.ByStep(step.estimate(), 0, step.by());
        return Rechecked.of(
                estimate,
                value,
                zero,
                value.width(),
                row -> RankedComponents.order(estimate, row, ranking, estimate.width()));
    }

    /** {@link Agreeing} in each row by itself; what a row leaves undefined it does not count in. */
    public static RowTable agreement(Agreement step, RowTable both) {
        int width = step.axis().size();
        double[] numerator = new double[both.rows() * width];
        double[] denominator = new double[numerator.length];
        for (int row = 0; row < both.rows(); row++) {
            double[] values = Agreeing.of(new NamedArray(both.axes(), row(both, row)), step.axis(), step.top())
                    .data();
            for (int i = 0; i < width; i++) {
                if (!Double.isNaN(values[i])) {
                    numerator[row * width + i] = values[i];
                    denominator[row * width + i] = 1;
                }
            }
        }
        return new RowTable(List.of(step.axis()), both.rows(), numerator, denominator);
    }

    /** The arithmetic of {@link EstimateScatter}. */
    public static NamedArray points(EstimateScatter step, RowTable both) {
        List<double[]> all = new ArrayList<>();
        int cells = both.width() / 2;
        for (int row = 0; row < both.rows(); row++) {
            double[] values = row(both, row);
            for (int cell = 0; cell < cells; cell++) {
                if (!Double.isNaN(values[cell]) && !Double.isNaN(values[cells + cell])) {
                    all.add(new double[] {values[cell], values[cells + cell]});
                }
            }
        }
        double[] data = new double[2 * step.count()];
        for (int i = 0; i < step.count(); i++) {
            double[] point = all.get((int) ((long) i * all.size() / step.count()));
            data[2 * i] = point[0];
            data[2 * i + 1] = point[1];
        }
        return new NamedArray(step.axes(), data);
    }

    /** One row's own numbers, undefined where nothing was counted. */
    private static double[] row(RowTable table, int row) {
        double[] out = new double[table.width()];
        for (int i = 0; i < out.length; i++) {
            int at = row * out.length + i;
            out[i] = table.denominator()[at] == 0 ? Double.NaN : table.numerator()[at] / table.denominator()[at];
        }
        return out;
    }
}
