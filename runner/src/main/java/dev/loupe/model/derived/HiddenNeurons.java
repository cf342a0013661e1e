package dev.loupe.model.derived;

import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.ToyParameter;
import dev.loupe.model.toy.ToyParameter.HiddenAxis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hidden neurons of one instance: what each reads and writes, and their order. */
record HiddenNeurons(ToyGrid grid, int instance) {
    int count() {
        return grid.each().get(instance).hidden();
    }

    /**
     * Everything a neuron reads and writes, end to end: [neuron][number]. Where a positive factor passes through the activation,
     * what is read and what is written have the same length, their geometric mean: the same numbers whatever the factor is, and
     * the weights themselves where the factor is one that weight decay leaves alone.
     */
    double[][] vectors(Map<String, float[]> weights) {
        boolean scaled = grid.each().get(instance).activation().passesScale() && reads();
        double[][] out = new double[count()][];
        for (int n = 0; n < out.length; n++) {
            List<Double> read = new ArrayList<>();
            List<Double> written = new ArrayList<>();
            for (ToyParameter parameter : grid.widest().parameters()) {
                for (int at : places(parameter, n)) {
                    double value = values(weights, parameter)[instance * parameter.size() + at];
                    (parameter.neurons() == HiddenAxis.COLUMNS ? read : written).add(value);
                }
            }
            double factor =
                    scaled && length(read) > 0 && length(written) > 0 ? Math.sqrt(length(read) / length(written)) : 1;
            List<Double> all = new ArrayList<>();
            read.forEach(x -> all.add(x / factor));
            written.forEach(x -> all.add(x * factor));
            out[n] = all.stream().mapToDouble(Double::doubleValue).toArray();
        }
        return out;
    }

    private static double length(List<Double> numbers) {
        return Math.sqrt(numbers.stream().mapToDouble(x -> x * x).sum());
    }

    private boolean reads() {
        return grid.widest().parameters().stream().anyMatch(p -> p.neurons() == HiddenAxis.COLUMNS);
    }

    /**
     * The weights with the neurons in another order.
     *
     * @param order the neuron that comes to each place
     */
    Map<String, float[]> ordered(Map<String, float[]> weights, int[] order) {
        Map<String, float[]> out = new HashMap<>(weights);
        for (ToyParameter parameter : grid.widest().parameters()) {
            float[] from = values(weights, parameter);
            float[] to = from.clone();
            int start = instance * parameter.size();
            for (int n = 0; n < order.length; n++) {
                int[] source = places(parameter, order[n]);
                int[] target = places(parameter, n);
                for (int i = 0; i < source.length; i++) {
                    to[start + target[i]] = from[start + source[i]];
                }
            }
            out.put(parameter.name(), to);
        }
        return out;
    }

    private static float[] values(Map<String, float[]> weights, ToyParameter parameter) {
        float[] values = weights.get(parameter.name());
        if (values == null) {
            throw new IllegalArgumentException("parameter " + parameter.name() + " is missing");
        }
        return values;
    }

    /** Where a neuron's numbers are in one instance of a parameter. */
    private static int[] places(ToyParameter parameter, int neuron) {
        int columns = parameter.columns();
        int rows = parameter.size() / columns;
        int[] at = new int
                [switch (parameter.neurons()) {
                    case NONE -> 0;
                    case ROWS -> columns;
                    case COLUMNS -> rows;
                }];
        for (int i = 0; i < at.length; i++) {
            at[i] = parameter.neurons() == HiddenAxis.ROWS ? neuron * columns + i : i * columns + neuron;
        }
        return at;
    }
}
