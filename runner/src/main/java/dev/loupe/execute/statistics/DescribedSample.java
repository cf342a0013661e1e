package dev.loupe.execute.statistics;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.neurons.DescribeSample;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The arithmetic of {@link DescribeSample}. A row of the result is a group of documents: the pseudo-value G T - (G - 1) T(-g) of
 * each statistic T, with T(-g) the statistic without it (the jackknife of Quenouille 1956 and Tukey 1958 on groups), shifted
 * so that their mean is T.
 */
public final class DescribedSample {
    private static final int GROUPS = DescribeSample.GROUPS;

    private final DescribeSample step;
    private final StepValue.Activations sample;
    private final StopSignal stop;
    private final int[] group;
    private final NormalQuantiles normal = new NormalQuantiles();

    private DescribedSample(DescribeSample step, TokenRows rows, StepValue.Activations sample, StopSignal stop) {
        this.step = step;
        this.sample = sample;
        this.stop = stop;
        int[] document = Arrays.stream(sample.row()).map(rows::document).toArray();
        int[] all = Arrays.stream(document).distinct().sorted().toArray();
        this.group = Arrays.stream(document)
                .map(d -> Arrays.binarySearch(all, d) % GROUPS)
                .toArray();
    }

    public static RowTable of(DescribeSample step, TokenRows rows, StepValue.Activations sample, StopSignal stop) {
        return new DescribedSample(step, rows, sample, stop).table();
    }

    private RowTable table() {
        int each = NamedArray.sizeOf(step.quantities());
        int width = step.parts().size() * each;
        double[] numerator = new double[GROUPS * width];
        double[] denominator = new double[numerator.length];
        IntStream.range(0, each).parallel().forEach(quantity -> {
            stop.check();
            double[][] left = statistics(quantity / sample.width(), quantity % sample.width());
            for (int part = 0; part < step.parts().size(); part++) {
                double whole = left[GROUPS][part];
                double mean = 0;
                for (int g = 0; g < GROUPS; g++) {
                    mean += left[g][part] / GROUPS;
                }
                for (int g = 0; g < GROUPS && !Double.isNaN(whole + mean); g++) {
                    int at = g * width + part * each + quantity;
                    numerator[at] = whole + (GROUPS - 1) * (mean - left[g][part]);
                    denominator[at] = 1;
                }
            }
        });
        return new RowTable(step.axes(), GROUPS, numerator, denominator);
    }

    /** Every statistic without each group, and last of all positions [group, part]. */
    private double[][] statistics(int layer, int column) {
        int n = group.length;
        float[] values = sample.values().get(layer);
        float[] own = new float[n];
        for (int i = 0; i < n; i++) {
            own[i] = values[i * sample.width() + column];
        }
        int[] order = SortedOrder.of(own, 0, n);
        double[] sorted = new double[n];
        int[] owner = new int[n];
        for (int i = 0; i < n; i++) {
            int at = order[i];
            sorted[i] = own[at];
            owner[i] = group[at];
        }
        double[][] all = new double[GROUPS + 1][];
        ValueDistribution whole = new ValueDistribution(sorted, normal, null);
        all[GROUPS] = whole.of(step.parts());
        for (int g = 0; g < GROUPS; g++) {
            all[g] = new ValueDistribution(without(sorted, owner, g), normal, whole).of(step.parts());
        }
        return all;
    }

    private static double[] without(double[] sorted, int[] owner, int group) {
        double[] kept = new double[sorted.length];
        int n = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (owner[i] != group) {
                kept[n++] = sorted[i];
            }
        }
        return Arrays.copyOf(kept, n);
    }
}
