package dev.loupe.execute.step;

import dev.loupe.plan.neurons.DescribeSample;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Reduced;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What numbers with groups of documents left out in turn ({@link DescribeSample}) come down to: the jackknife of the reduced
 * number itself. Resampling the pseudo-values of each neuron and then taking the median over neurons would give noisier
 * neurons another median than the sample has, and an interval beside its own estimate.
 */
final class LeftOutGroups {
    private LeftOutGroups() {}

    /**
     * @param leading the axes that the models form
     * @param models the pseudo-values in each model [group, ...], in their order
     * @return the pseudo-values of the reduced numbers, whose mean is the reduced estimate [group, ...]
     */
    static RowTable reduced(
            List<Axis> leading, List<RowTable> models, List<String> over, ToDoubleFunction<double[]> take) {
        int groups = models.get(0).rows();
        NamedArray whole = Reduced.of(
                NamedArray.stack(
                        leading, models.stream().map(RowTable::estimate).toList()),
                over,
                take);
        int width = whole.data().length;
        double[][] left = new double[groups][];
        double[] mean = new double[width];
        for (int g = 0; g < groups; g++) {
            List<NamedArray> without = new ArrayList<>();
            for (RowTable model : models) {
                without.add(without(model, g));
            }
            left[g] = Reduced.of(NamedArray.stack(leading, without), over, take).data();
            for (int i = 0; i < width; i++) {
                mean[i] += left[g][i] / groups;
            }
        }
        double[] pseudo = new double[groups * width];
        for (int g = 0; g < groups; g++) {
            for (int i = 0; i < width; i++) {
                pseudo[g * width + i] = whole.data()[i] + (groups - 1) * (mean[i] - left[g][i]);
            }
        }
        return RowTable.ofNumbers(whole.axes(), groups, pseudo);
    }

    /** The numbers without one group: the pseudo-value of group g is T - (G - 1) (T(-g) - T). */
    private static NamedArray without(RowTable model, int group) {
        double[] all = model.estimate().data();
        double[] pseudo = model.perRow();
        double[] out = new double[all.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = all[i] - (pseudo[group * out.length + i] - all[i]) / (model.rows() - 1);
        }
        return new NamedArray(model.axes(), out);
    }
}
