package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One parameter of a toy network.
 *
 * @param name as the weights file names it
 * @param deviation standard deviation of its normal initial values; 0 where they are zero
 * @param stream names the stream of random numbers that draws them
 * @param shape of one instance: a matrix or a vector
 * @param neurons where the hidden neurons are
 */
public record ToyParameter(String name, double deviation, String stream, List<Long> shape, HiddenAxis neurons) {
    /** Where the hidden neurons are among the numbers of a parameter. */
    public enum HiddenAxis {
        /** It has none: a bias of the output. */
        NONE,
        /** Rows are neurons: what a neuron writes. */
        ROWS,
        /** Columns, or the entries of a vector, are neurons: what a neuron reads. */
        COLUMNS
    }

    public ToyParameter {
        shape = List.copyOf(shape);
    }

    /** A matrix that hidden neurons read through: [input, neuron]. */
    static ToyParameter read(String name, double deviation, long inputs, long neurons) {
        return new ToyParameter(name, deviation, "init " + name, List.of(inputs, neurons), HiddenAxis.COLUMNS);
    }

    /** A matrix that hidden neurons write through: [neuron, output]. */
    static ToyParameter written(String name, double deviation, long neurons, long outputs) {
        return new ToyParameter(name, deviation, "init " + name, List.of(neurons, outputs), HiddenAxis.ROWS);
    }

    /** A bias that begins as zero. */
    static ToyParameter bias(String name, long size, HiddenAxis neurons) {
        return new ToyParameter(name, 0, "", List.of(size), neurons);
    }

    public int size() {
        return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    }

    /** These values as the corner of a larger parameter of the same name, whose other numbers are zero. */
    public float[] widened(float[] values, ToyParameter into) {
        float[] out = new float[into.size()];
        copy(values, this, out, into, this);
        return out;
    }

    /** The corner of a larger parameter's values that is this parameter. */
    public float[] narrowed(float[] values, ToyParameter from) {
        float[] out = new float[size()];
        copy(values, from, out, this, this);
        return out;
    }

    private static void copy(float[] from, ToyParameter source, float[] to, ToyParameter target, ToyParameter corner) {
        int columns = corner.columns();
        for (int row = 0; row < corner.size() / columns; row++) {
            System.arraycopy(from, row * source.columns(), to, row * target.columns(), columns);
        }
    }

    /** Numbers in a row; all of a vector. */
    public int columns() {
        return Math.toIntExact(shape.get(shape.size() - 1));
    }

    /**
     * The array of this parameter.
     *
     * @throws IllegalArgumentException where it is missing or is not [instance, ...shape]
     */
    NDArray of(Map<String, NDArray> parameters) {
        NDArray array = parameters.get(name);
        if (array == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing, got " + parameters.keySet());
        }
        long[] all = array.getShape().getShape();
        List<Long> own = Arrays.stream(all).skip(1).boxed().toList();
        if (!own.equals(shape)) {
            throw new IllegalArgumentException(
                    name + " must be [instance, " + shape.toString().substring(1) + ", got " + array.getShape());
        }
        return array;
    }
}
