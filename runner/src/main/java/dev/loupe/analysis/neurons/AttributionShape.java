package dev.loupe.analysis.neurons;

import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.analysis.sampled.Attribution;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How few tokens the attribution of each neuron or feature is about. */
record AttributionShape(List<NeuronName> neurons, List<Axis> axes) implements ModelComputation {
    private static final int FEW = 5;
    /** Neurons that are multiplied with the vocabulary at once. */
    private static final int AT_ONCE = 256;

    AttributionShape {
        neurons = List.copyOf(neurons);
        axes = List.copyOf(axes);
    }

    @Override
    public NamedArray compute(WeightAccess weights) {
        double[] data = new double[2 * neurons.size()];
        for (int from = 0; from < neurons.size(); ) {
            int layer = neurons.get(from).layer();
            int to = from;
            while (to < neurons.size() && to < from + AT_ONCE && neurons.get(to).layer() == layer) {
                to++;
            }
            int[] some = neurons.subList(from, to).stream()
                    .mapToInt(NeuronName::neuron)
                    .toArray();
            double[][] rows = Attribution.of(weights, neurons.get(from).kind(), layer, some, new int[0]);
            for (int i = 0; i < rows.length; i++) {
                data[from + i] = kurtosis(rows[i]);
                data[neurons.size() + from + i] = topShare(rows[i]);
            }
            from = to;
        }
        return new NamedArray(axes(weights.shape()), data);
    }

    /** Excess kurtosis of numbers whose mean is 0. */
    private static double kurtosis(double[] centred) {
        double second = 0;
        double fourth = 0;
        for (double x : centred) {
            second += x * x / centred.length;
            fourth += x * x * x * x / centred.length;
        }
        return second == 0 ? Double.NaN : fourth / (second * second) - 3;
    }

    private static double topShare(double[] attribution) {
        double[] positive =
                Arrays.stream(attribution).filter(x -> x > 0).sorted().toArray();
        double all = Arrays.stream(positive).sum();
        double few =
                Arrays.stream(positive).skip(Math.max(0, positive.length - FEW)).sum();
        return all == 0 ? Double.NaN : few / all;
    }

    @Override
    public String label() {
        return "concentration of vocabulary attribution";
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        List<Axis> all = new ArrayList<>(axes);
        all.add(0, new Axis("part", List.of("kurtosis", "top-5")));
        return all;
    }

    @Override
    public long flops(ModelShape shape) {
        return 2L * neurons.size() * shape.dModel() * shape.outputs();
    }
}
