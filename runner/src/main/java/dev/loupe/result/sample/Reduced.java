package dev.loupe.result.sample;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A sample with some of its axes reduced to one number each. The rows are resampled below, so that the interval is that of
 * the reduced number.
 *
 * @param over the axes that are reduced
 * @param take of the numbers that become one, in any order
 */
public record Reduced(Sample of, List<String> over, ToDoubleFunction<double[]> take) implements Sample {
    public Reduced {
        over = List.copyOf(over);
    }

    /** The same of exact numbers. */
    public static NamedArray of(NamedArray array, List<String> over, ToDoubleFunction<double[]> take) {
        Groups groups = Groups.of(array, over);
        double[] out = new double[groups.numbers().length];
        for (int g = 0; g < out.length; g++) {
            out[g] = take.applyAsDouble(groups.numbers()[g]);
        }
        return new NamedArray(groups.kept(), out);
    }

    /**
     * The numbers along some axes, apart for each combination of labels of the others.
     *
     * @param kept the other axes
     * @param numbers [combination, number], both with the last axis fastest
     */
    record Groups(List<Axis> kept, double[][] numbers) {
        static Groups of(NamedArray array, List<String> over) {
            List<Axis> kept = new ArrayList<>(array.axes());
            kept.removeIf(axis -> over.contains(axis.name()));
            int groups = NamedArray.sizeOf(kept);
            double[][] numbers = new double[groups][array.data().length / groups];
            int[] filled = new int[groups];
            for (int i = 0; i < array.data().length; i++) {
                int[] at = array.coordinates(i);
                int group = 0;
                for (int k = 0; k < at.length; k++) {
                    Axis axis = array.axes().get(k);
                    group = over.contains(axis.name()) ? group : group * axis.size() + at[k];
                }
                numbers[group][filled[group]++] = array.data()[i];
            }
            return new Groups(kept, numbers);
        }
    }

    @Override
    public List<Axis> axes() {
        return of.axes().stream().filter(axis -> !over.contains(axis.name())).toList();
    }

    @Override
    public int rows() {
        return of.rows();
    }

    @Override
    public NamedArray estimate() {
        return of(of.estimate(), over, take);
    }

    @Override
    public NamedArray replicate(Resampling resampling, int b) {
        return of(of.replicate(resampling, b), over, take);
    }

    @Override
    public Sample at(String axis, int index) {
        return new Reduced(of.at(axis, index), over, take);
    }
}
