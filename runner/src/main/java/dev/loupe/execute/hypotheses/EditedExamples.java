package dev.loupe.execute.hypotheses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.metric.reading.StepValue.Occurrence;
import dev.loupe.metric.reading.StepValue.Occurrence.Kind;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.plan.neurons.EditExamples;
import dev.loupe.plan.neurons.EditExamples.Place;
import dev.loupe.plan.neurons.EditExamples.Written;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of {@link EditExamples}: row k of the table is the k-th example of every neuron. The text up to an example is read
 * once as far as the neuron's layer, and from there on as it is and with each change beside one another.
 */
public final class EditedExamples {
    /** Where a neuron is less than this share of its furthest activation, it is silent. */
    private static final double SILENT = 0.1;

    /** Tokens that keep all cores busy, and need little memory. */
    private static final int MANY = 1024;

    private final EditExamples step;
    private final TokenRows rows;
    private final LoadedModel model;
    private final TokenModel running;
    private final @Nullable Activations sample;
    private final StopSignal stop;
    /** Sampled activations of the neurons that were asked for so far. */
    private final Map<Integer, double[]> sampled = new HashMap<>();

    private final double[] numerator;
    private final double[] denominator;

    /** @param sample activations at sampled positions, null where none are needed */
    public EditedExamples(
            EditExamples step, TokenRows rows, LoadedModel model, @Nullable Activations sample, StopSignal stop) {
        this.step = step;
        this.rows = rows;
        this.model = model;
        this.running = Objects.requireNonNull(model.tokens());
        this.sample = sample;
        this.stop = stop;
        int size = step.most() * NamedArray.sizeOf(step.axes());
        this.numerator = new double[size];
        this.denominator = new double[size];
    }

    /**
     * A token after which predictions are compared.
     *
     * @param places what it is an example of
     */
    private record Example(Occurrence at, List<Place> places) {}

    public RowTable of(List<Occurrence> chosen) {
        List<Example> examples = chosen.stream().collect(Collectors.groupingBy(Occurrence::component)).values().stream()
                .flatMap(own -> examples(own).stream())
                .sorted(Comparator.comparingInt((Example one) -> layer(one))
                        .thenComparingInt(this::length)
                        .thenComparingInt(one -> one.at().component()))
                .toList();
        for (int from = 0; from < examples.size(); ) {
            stop.check();
            int to = from + 1;
            while (to < examples.size() && fits(examples.get(from), examples.get(to), to + 1 - from)) {
                to++;
            }
            run(examples.subList(from, to));
            from = to;
        }
        return new RowTable(step.axes(), step.most(), numerator, denominator);
    }

    /** Of one neuron. */
    private List<Example> examples(List<Occurrence> own) {
        FiringExamples firing = FiringExamples.of(step.side(), own);
        List<Example> examples = new ArrayList<>();
        firing.examples().forEach(one -> examples.add(new Example(one, List.of(Place.FIRING))));
        own.stream().filter(one -> one.kind() == Kind.RANDOM).forEach(one -> {
            boolean silent = Math.abs(one.value()) < SILENT * firing.furthest();
            examples.add(new Example(one, silent ? List.of(Place.SILENT, Place.RANDOM) : List.of(Place.RANDOM)));
        });
        return examples;
    }

    private int layer(Example example) {
        return step.neurons().get(example.at().component()).layer();
    }

    /** What comes later changes nothing where attention is causal. */
    private int length(Example example) {
        return running.causal()
                ? example.at().pos() + 1
                : rows.tokens()[example.at().row()].length;
    }

    /** Whether so many examples may run together, of which these are the shortest and the longest. */
    private boolean fits(Example shortest, Example longest, int examples) {
        int least = length(shortest);
        int most = length(longest);
        boolean alike = running.causal() ? most - least <= Math.max(4, least / 4) : most == least;
        return alike
                && layer(shortest) == layer(longest)
                && examples <= EditExamples.TOGETHER
                && examples * most * (1 + step.written().size()) <= MANY;
    }

    private void run(List<Example> batch) {
        int length = batch.stream().mapToInt(this::length).max().orElse(0);
        int[][] tokens = batch.stream()
                .map(one -> padded(rows.tokens()[one.at().row()], length(one), length))
                .toArray(int[][]::new);
        int layer = layer(batch.get(0));
        int runs = 1 + step.written().size();
        int[][] positions = IntStream.range(0, runs * batch.size())
                .mapToObj(i -> new int[] {batch.get(i % batch.size()).at().pos()})
                .toArray(int[][]::new);
        try (NDManager scope = model.manager().newSubManager()) {
            NDArray input = model.onDevice(TokenArrays.array(tokens, scope));
            NDArray before = running.forward(ForwardRequest.of(input).stopBefore(layer), HookVisitor.none(), scope)
                    .residual();
            float[] logits = running.forward(
                            ForwardRequest.resume(NDArrays.concat(new NDList(Collections.nCopies(runs, before))), layer)
                                    .at(positions),
                            new Change(batch, layer, length),
                            scope)
                    .logits()
                    .toFloatArray();
            int vocabulary = logits.length / positions.length;
            IntStream.range(0, batch.size()).forEach(i -> {
                double[] clean = logProbabilities(logits, i, vocabulary);
                for (int w = 0; w < step.written().size(); w++) {
                    double[] changed = logProbabilities(logits, (1 + w) * batch.size() + i, vocabulary);
                    put(batch.get(i), w, clean, changed);
                }
            });
        }
    }

    /** Filled up with its last token. */
    private static int[] padded(int[] tokens, int own, int length) {
        int[] padded = Arrays.copyOf(Arrays.copyOf(tokens, own), length);
        Arrays.fill(padded, own, length, tokens[own - 1]);
        return padded;
    }

    private static double[] logProbabilities(float[] logits, int row, int vocabulary) {
        double[] logs = new double[vocabulary];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < vocabulary; i++) {
            logs[i] = logits[row * vocabulary + i];
            largest = Math.max(largest, logs[i]);
        }
        double sum = 0;
        for (double logit : logs) {
            sum += Math.exp(logit - largest);
        }
        double normaliser = largest + Math.log(sum);
        for (int i = 0; i < vocabulary; i++) {
            logs[i] -= normaliser;
        }
        return logs;
    }

    private void put(Example example, int with, double[] clean, double[] changed) {
        double kl = 0;
        for (int i = 0; i < clean.length; i++) {
            double p = Math.exp(clean[i]);
            kl += p == 0 ? 0 : p * (clean[i] - changed[i]);
        }
        put(1, with, example, kl);
        int[] tokens = rows.tokens()[example.at().row()];
        int next = example.at().pos() + 1;
        if (next < tokens.length) {
            put(0, with, example, clean[tokens[next]] - changed[tokens[next]]);
        }
    }

    private void put(int part, int with, Example example, double value) {
        int neurons = step.neurons().size();
        int row = example.at().place() * NamedArray.sizeOf(step.axes());
        List<Place> places = step.places();
        for (Place place : example.places()) {
            int cell = (part * step.written().size() + with) * places.size() + places.indexOf(place);
            int at = row + cell * neurons + example.at().component();
            numerator[at] = value;
            denominator[at] = 1;
        }
    }

    /** Writes into all runs but the first [run x example, pos, neuron]. */
    private final class Change implements HookVisitor {
        private final HookPoint point;
        private final List<Example> batch;
        private final int length;

        Change(List<Example> batch, int layer, int length) {
            this.point = HookPoint.of(step.site(), layer);
            this.batch = batch;
            this.length = length;
        }

        @Override
        public boolean wants(HookPoint asked) {
            return asked.equals(point);
        }

        @Override
        public NDArray visit(HookPoint at, NDArray value) {
            int width = (int) value.getShape().get(value.getShape().dimension() - 1);
            int runs = 1 + step.written().size();
            float[] own = new float[runs * batch.size() * width];
            float[] instead = new float[runs * batch.size() * length];
            for (int w = 1; w < runs; w++) {
                for (int i = 0; i < batch.size(); i++) {
                    int run = w * batch.size() + i;
                    Occurrence example = batch.get(i).at();
                    own[run * width + step.neurons().get(example.component()).neuron()] = 1;
                    write(step.written().get(w - 1), example, instead, run * length, (run + 1) * length);
                }
            }
            NDArray column = onDevice(own, new Shape(runs * batch.size(), 1, width), value);
            NDArray written = onDevice(instead, new Shape(runs * batch.size(), length, 1), value);
            return value.add(column.mul(written.sub(value)));
        }
    }

    /** Of the same number type. */
    private NDArray onDevice(float[] numbers, Shape shape, NDArray like) {
        return model.onDevice(like.getManager().create(numbers, shape)).toType(like.getDataType(), false);
    }

    /** What is written at some tokens of an example's row; zeros are there already. */
    private void write(Written what, Occurrence example, float[] into, int from, int to) {
        if (what == Written.ZERO) {
            return;
        }
        double[] known = sampled.computeIfAbsent(example.component(), this::sampled);
        if (what == Written.MEAN) {
            Arrays.fill(into, from, to, (float) Arrays.stream(known).average().orElseThrow());
            return;
        }
        SplittableRandom random = new SplittableRandom(
                ((step.seed() * 31 + example.component()) * 31 + example.row()) * 31 + example.pos());
        for (int i = from; i < to; i++) {
            into[i] = (float) known[random.nextInt(known.length)];
        }
    }

    /** The activations of a neuron at the sampled positions, which have all that were asked for side by side. */
    private double[] sampled(int component) {
        Activations known = Objects.requireNonNull(sample);
        float[] values = known.values().get(0);
        return IntStream.range(0, known.row().length)
                .mapToDouble(i -> values[i * known.width() + component])
                .toArray();
    }
}
