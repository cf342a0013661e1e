package dev.loupe.execute.neurons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.metric.reading.StepValue.Occurrence;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.neurons.RankExamples;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The arithmetic of {@link RankExamples}: row k of the table is the k-th example of every neuron. */
final class ExampleRanks {
    private final RankExamples step;
    private final TokenRows rows;
    private final Activations sample;
    private final StopSignal stop;
    private final int n;
    private final double[] numbers;
    /** By layer how often each neuron was the most active one [neuron], and at how many examples. */
    private final Map<Integer, double[]> first = new HashMap<>();

    private final Map<Integer, Integer> seen = new HashMap<>();

    ExampleRanks(RankExamples step, TokenRows rows, Activations sample, StopSignal stop) {
        this.step = step;
        this.rows = rows;
        this.sample = sample;
        this.stop = stop;
        this.n = step.neurons().size();
        this.numbers = new double[step.top() * RankExamples.PART.size() * n];
        Arrays.fill(numbers, Double.NaN);
    }

    RowTable of(List<Occurrence> examples, LoadedModel model) {
        TokenModel running = Objects.requireNonNull(model.tokens());
        Map<Integer, List<Occurrence>> byRow = new TreeMap<>();
        examples.forEach(example ->
                byRow.computeIfAbsent(example.row(), k -> new ArrayList<>()).add(example));
        Map<Integer, Standard> standards = new HashMap<>();
        try (NDManager scope = model.manager().newSubManager()) {
            WeightAccess weights = model.weights(scope);
            for (int l = 0; l < sample.layers().size(); l++) {
                standards.put(
                        sample.layers().get(l),
                        Standard.of(
                                sample.values().get(l),
                                sample.width(),
                                lengths(weights, sample.layers().get(l))));
            }
        }
        byRow.forEach((row, some) -> {
            stop.check();
            Map<Integer, float[]> activations = new HashMap<>();
            try (NDManager scope = model.manager().newSubManager()) {
                NDArray input = model.onDevice(TokenArrays.array(new int[][] {rows.tokens()[row]}, scope));
                running.forward(ForwardRequest.of(input).withoutLogits(), keeping(activations), scope);
            }
            for (Occurrence example : some) {
                NeuronName neuron = step.neurons().get(example.component());
                float[] layer = Objects.requireNonNull(activations.get(neuron.layer()));
                int from = example.pos() * sample.width();
                rank(
                        example,
                        neuron,
                        Arrays.copyOfRange(layer, from, from + sample.width()),
                        Objects.requireNonNull(standards.get(neuron.layer())));
            }
        });
        hubs();
        return RowTable.ofNumbers(step.axes(), step.top(), numbers);
    }

    private HookVisitor keeping(Map<Integer, float[]> activations) {
        return new HookVisitor() {
            @Override
            public boolean wants(HookPoint point) {
                return point.site() == step.site() && sample.layers().contains(point.layer());
            }

            @Override
            public NDArray visit(HookPoint point, NDArray value) {
                activations.put(point.layer(), value.toFloatArray());
                return value;
            }
        };
    }

    /** The length of what each neuron of a layer writes. */
    private static float[] lengths(WeightAccess weights, int layer) {
        NDArray out = weights.tensor("blocks." + layer + ".mlp.W_out").toType(DataType.FLOAT32, false);
        return out.square().sum(new int[] {1}).sqrt().toFloatArray();
    }

    /** Mean and standard deviation of each neuron over the sample, and the length of what it writes. */
    private record Standard(double[] mean, double[] deviation, float[] length) {
        static Standard of(float[] values, int width, float[] length) {
            double[] mean = new double[width];
            double[] deviation = new double[width];
            int count = values.length / width;
            for (int i = 0; i < values.length; i++) {
                mean[i % width] += values[i] / (double) count;
            }
            for (int i = 0; i < values.length; i++) {
                deviation[i % width] += Math.pow(values[i] - mean[i % width], 2) / count;
            }
            for (int a = 0; a < width; a++) {
                deviation[a] = Math.sqrt(deviation[a]);
            }
            return new Standard(mean, deviation, length);
        }
    }

    private void rank(Occurrence example, NeuronName neuron, float[] raw, Standard by) {
        int own = neuron.neuron();
        double[] plain = new double[raw.length];
        double[] standard = new double[raw.length];
        double[] weighted = new double[raw.length];
        for (int a = 0; a < raw.length; a++) {
            plain[a] = raw[a];
            // A neuron that never changes is nowhere unusual.
            standard[a] =
                    by.deviation()[a] == 0 ? Double.NEGATIVE_INFINITY : (raw[a] - by.mean()[a]) / by.deviation()[a];
            weighted[a] = raw[a] * by.length()[a];
        }
        double below = 0;
        for (int a = 0; a < raw.length; a++) {
            below += a == own ? 0 : raw[a] < raw[own] ? 1 : raw[a] == raw[own] ? .5 : 0;
        }
        double[] parts = {
            shareOfFirst(plain, own),
            shareOfFirst(standard, own),
            shareOfFirst(weighted, own),
            raw.length < 2 ? Double.NaN : below / (raw.length - 1)
        };
        for (int part = 0; part < parts.length; part++) {
            put(example.place(), part, example.component(), parts[part]);
        }
        put(example.place(), 5, example.component(), independent(example.place(), raw.length));
        double[] counts = first.computeIfAbsent(neuron.layer(), k -> new double[raw.length]);
        for (int a = 0; a < raw.length; a++) {
            counts[a] += shareOfFirst(plain, a);
        }
        seen.merge(neuron.layer(), 1, Integer::sum);
    }

    /** 1 where nothing is larger, shared with those that are equal. */
    private static double shareOfFirst(double[] values, int own) {
        int equal = 0;
        for (double value : values) {
            if (value > values[own]) {
                return 0;
            }
            equal += value == values[own] ? 1 : 0;
        }
        return 1.0 / equal;
    }

    /** The mean over independent and alike activations, at the k-th largest of T: the product of (T - j) / (T + N - 1 - j). */
    private double independent(int place, int neurons) {
        double share = 1;
        for (int j = 0; j <= place; j++) {
            share *= (step.positions() - j) / (double) (step.positions() + neurons - 1 - j);
        }
        return share;
    }

    private void hubs() {
        for (int c = 0; c < n; c++) {
            NeuronName neuron = step.neurons().get(c);
            double[] counts = first.get(neuron.layer());
            Integer all = seen.get(neuron.layer());
            for (int k = 0; counts != null && all != null && k < step.top(); k++) {
                put(k, 4, c, counts[neuron.neuron()] / all);
            }
        }
    }

    private void put(int place, int part, int component, double value) {
        numbers[(place * RankExamples.PART.size() + part) * n + component] = value;
    }
}
