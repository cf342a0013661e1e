package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Numbers of networks that lie side by side: the axes of one network first, those of the networks last. */
final class EachNetwork {
    private EachNetwork() {}

    static List<Axis> axes(List<Axis> one, ModelShape shape) {
        List<Axis> axes = new ArrayList<>(one);
        axes.addAll(InstanceGrid.of(shape).shown());
        return axes;
    }

    /**
     * @param axes of all numbers, from {@link #axes}
     * @param networks how many
     * @param numbers those of one network
     */
    static NamedArray of(List<Axis> axes, int networks, IntFunction<double[]> numbers) {
        double[] out = new double[NamedArray.sizeOf(axes)];
        for (int i = 0; i < networks; i++) {
            double[] one = numbers.apply(i);
            for (int q = 0; q < one.length; q++) {
                out[q * networks + i] = one[q];
            }
        }
        return new NamedArray(axes, out);
    }

    /** A table row after row, with zeros where the rows and columns of a wider network are. */
    static float[] padded(double[][] table, int rows, int columns) {
        float[] out = new float[rows * columns];
        for (int r = 0; r < table.length; r++) {
            for (int c = 0; c < table[r].length; c++) {
                out[r * columns + c] = (float) table[r][c];
            }
        }
        return out;
    }
}
