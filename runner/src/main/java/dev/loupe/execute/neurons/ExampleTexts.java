package dev.loupe.execute.neurons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.analysis.reading.TokenOrder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.execute.statistics.ActivationsOfRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.StepValue.Occurrence;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.neurons.ReadExamples;
import dev.loupe.progress.StopSignal;
import dev.loupe.text.ThreeDigits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of {@link ReadExamples}: the rows with examples go on from where the scan was to their predictions, run again as
 * far as their neurons where activations are not known; many positions are unembedded together.
 */
final class ExampleTexts {
    private static final int GUESSES = 5;

    /** Rows that go on together: enough to use both cores, and few beside the scan that found them. */
    private static final int TOGETHER = 8;

    /** Positions that are unembedded together: fewer would take as long, since the weights are read for each lot. */
    private static final int POSITIONS = 256;

    /** Positions whose likeliest tokens are looked for together, by all cores. */
    private static final int RANKED = 16;

    private final ReadExamples step;
    private final TokenRows rows;
    private final LoadedModel model;
    private final TokenModel running;
    private final ScanBatches scan;
    private final StepValue.@Nullable Activations everywhere;
    private final StopSignal stop;

    /** @param everywhere the neurons' activations at every token; null where they are read from the rows that run again */
    ExampleTexts(
            ReadExamples step,
            TokenRows rows,
            LoadedModel model,
            ScanBatches scan,
            StepValue.@Nullable Activations everywhere,
            StopSignal stop) {
        this.everywhere = everywhere;
        this.scan = scan;
        this.step = step;
        this.rows = rows;
        this.model = model;
        this.running = Objects.requireNonNull(model.tokens());
        this.stop = stop;
    }

    StepValue.Text of(List<Occurrence> chosen) {
        Map<Integer, List<Integer>> byRow = new TreeMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            byRow.computeIfAbsent(chosen.get(i).row(), k -> new ArrayList<>()).add(i);
        }
        double[][] values = new double[chosen.size()][];
        if (everywhere != null) {
            ActivationsOfRows known = new ActivationsOfRows(everywhere, byRow.keySet());
            IntStream.range(0, values.length)
                    .forEach(i -> values[i] = around(chosen.get(i))
                            .mapToDouble(pos -> known.of(
                                    chosen.get(i).row(), pos, chosen.get(i).component()))
                            .toArray());
        }
        Predictions predictions = new Predictions();
        for (ScanBatches.Batch batch : scan.having(byRow.keySet())) {
            stop.check();
            int[] shown = Arrays.stream(batch.rows()).filter(byRow::containsKey).toArray();
            List<Integer> examples = Arrays.stream(shown)
                    .boxed()
                    .flatMap(row -> Objects.requireNonNull(byRow.get(row)).stream())
                    .toList();
            try (NDManager scope = model.manager().newSubManager()) {
                SortedSet<Integer> layers = examples.stream()
                        .map(i -> neuron(chosen.get(i)).layer())
                        .collect(Collectors.toCollection(TreeSet::new));
                ScanBatches.Passed passed;
                if (everywhere == null) {
                    Scanned scanned = new Scanned(batch, shown, layers, scope);
                    examples.forEach(i -> values[i] = scanned.around(chosen.get(i)));
                    passed = scanned.passed;
                } else {
                    passed = scan.passed(batch, shown, layers.first(), scope);
                }
                predictions.after(
                        passed, shown, examples.stream().map(chosen::get).toList());
            }
        }
        predictions.unembed();
        return new StepValue.Text(
                "activation of " + step.site().canonical(),
                IntStream.range(0, values.length)
                        .mapToObj(i -> passage(chosen.get(i), values[i], predictions))
                        .toList());
    }

    private NeuronName neuron(Occurrence example) {
        return step.neurons().get(example.component());
    }

    private StepValue.Text.Row passage(Occurrence example, double[] value, Predictions predictions) {
        Map<Integer, Prediction> own = Objects.requireNonNull(predictions.byRow.get(example.row()));
        List<Prediction> shown = around(example)
                .mapToObj(pos -> Objects.requireNonNull(own.get(pos)))
                .toList();
        return new StepValue.Text.Row(
                neuron(example) + ", " + example.group() + ": " + ThreeDigits.of(example.value()) + " at token "
                        + example.pos() + " of row " + example.row(),
                Arrays.copyOfRange(rows.tokens()[example.row()], from(example), to(example)),
                value,
                shown.stream().mapToDouble(Prediction::next).toArray(),
                shown.stream().map(Prediction::guesses).toList());
    }

    /** Rows of a batch of the scan, with the activations of some layers. */
    private final class Scanned implements HookVisitor {
        private final int[] shown;
        private final SortedSet<Integer> layers;
        private final Map<Integer, float[]> activations = new TreeMap<>();
        private final ScanBatches.Passed passed;
        private int width;

        /** @param shown rows of the batch, in its order */
        Scanned(ScanBatches.Batch batch, int[] shown, SortedSet<Integer> layers, NDManager scope) {
            this.shown = shown;
            this.layers = layers;
            this.passed = scan.run(batch, shown, layers.first(), layers.last(), this, scope);
        }

        @Override
        public boolean wants(HookPoint point) {
            return point.site() == step.site() && layers.contains(point.layer());
        }

        @Override
        public NDArray visit(HookPoint point, NDArray value) {
            width = (int) value.getShape().get(value.getShape().dimension() - 1);
            activations.put(point.layer(), value.toFloatArray());
            return value;
        }

        private int length() {
            return rows.tokens()[shown[0]].length;
        }

        private int placeOf(int row) {
            return IntStream.range(0, shown.length)
                    .filter(i -> shown[i] == row)
                    .findFirst()
                    .orElseThrow();
        }

        /** The activations of an example's neuron at the tokens that are shown of it. */
        double[] around(Occurrence example) {
            NeuronName neuron = neuron(example);
            float[] layer = Objects.requireNonNull(activations.get(neuron.layer()));
            int row = placeOf(example.row()) * length();
            return ExampleTexts.this
                    .around(example)
                    .mapToDouble(pos -> layer[(row + pos) * width + neuron.neuron()])
                    .toArray();
        }
    }

    /**
     * What the model predicts after a token.
     *
     * @param next log-probability of the token that comes next, NaN after the last one
     */
    private record Prediction(double next, List<StepValue.Text.Guess> guesses) {}

    /** Those after all tokens that are shown, by row and position. */
    private final class Predictions {
        private final Map<Integer, Map<Integer, Prediction>> byRow = new TreeMap<>();
        private final List<int[]> places = new ArrayList<>();
        private final List<float[]> waiting = new ArrayList<>();

        /** @param shown rows of what was passed, in its order */
        void after(ScanBatches.Passed passed, int[] shown, List<Occurrence> examples) {
            Map<Integer, SortedSet<Integer>> asked = new TreeMap<>();
            examples.forEach(example -> around(example)
                    .forEach(pos -> asked.computeIfAbsent(example.row(), k -> new TreeSet<>())
                            .add(pos)));
            for (int from = 0; from < shown.length; from += TOGETHER) {
                int to = Math.min(shown.length, from + TOGETHER);
                int[] some = Arrays.copyOfRange(shown, from, to);
                try (NDManager scope = model.manager().newSubManager()) {
                    NDArray residual =
                            passed.residual().get(scope, new NDIndex("{}:{}, :{}", from, to, reach(some, asked)));
                    NDArray end = running.forward(
                                    ForwardRequest.resume(residual, passed.next())
                                            .withoutLogits(),
                                    HookVisitor.none(),
                                    scope)
                            .residual();
                    keep(some, asked, end);
                }
            }
        }

        /** What comes later changes nothing where attention is causal. */
        private int reach(int[] some, Map<Integer, SortedSet<Integer>> asked) {
            return Arrays.stream(some)
                    .map(row -> running.causal()
                            ? Objects.requireNonNull(asked.get(row)).last() + 1
                            : rows.tokens()[row].length)
                    .max()
                    .orElse(0);
        }

        /** @param end [row, pos, d_model] */
        private void keep(int[] some, Map<Integer, SortedSet<Integer>> asked, NDArray end) {
            float[] stream = end.toFloatArray();
            int length = (int) end.getShape().get(1);
            int width = (int) end.getShape().get(2);
            for (int i = 0; i < some.length; i++) {
                for (int pos : Objects.requireNonNull(asked.get(some[i]))) {
                    int at = (i * length + pos) * width;
                    places.add(new int[] {some[i], pos});
                    waiting.add(Arrays.copyOfRange(stream, at, at + width));
                    if (waiting.size() == POSITIONS) {
                        unembed();
                    }
                }
            }
        }

        void unembed() {
            if (waiting.isEmpty()) {
                return;
            }
            stop.check();
            try (NDManager scope = model.manager().newSubManager()) {
                NDArray residual = model.onDevice(scope.create(waiting.toArray(float[][]::new)))
                        .expandDims(1);
                NDArray logs = running.forward(
                                ForwardRequest.resume(
                                        residual, step.model().shape().layers()),
                                HookVisitor.none(),
                                scope)
                        .logits()
                        .squeeze(1)
                        .logSoftmax(-1);
                for (int from = 0; from < places.size(); from += RANKED) {
                    List<int[]> some = places.subList(from, Math.min(places.size(), from + RANKED));
                    float[] all = logs.get(from + ":" + (from + some.size())).toFloatArray();
                    int width = all.length / some.size();
                    List<Prediction> predictions = IntStream.range(0, some.size())
                            .parallel()
                            .mapToObj(i ->
                                    predicted(all, i * width, width, rows.tokens()[some.get(i)[0]], some.get(i)[1]))
                            .toList();
                    for (int i = 0; i < some.size(); i++) {
                        byRow.computeIfAbsent(some.get(i)[0], k -> new TreeMap<>())
                                .put(some.get(i)[1], predictions.get(i));
                    }
                }
            }
            places.clear();
            waiting.clear();
        }
    }

    /** @param logs those after this position begin at {@code at} */
    private static Prediction predicted(float[] logs, int at, int vocabulary, int[] tokens, int pos) {
        double[] wide = new double[vocabulary];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = logs[at + i];
        }
        return new Prediction(
                pos + 1 < tokens.length ? wide[tokens[pos + 1]] : Double.NaN,
                TokenOrder.highest(wide, GUESSES).stream()
                        .map(id -> new StepValue.Text.Guess(id, Math.exp(wide[id])))
                        .toList());
    }

    private IntStream around(Occurrence example) {
        return IntStream.range(from(example), to(example));
    }

    private int from(Occurrence example) {
        return Math.max(0, example.pos() - step.before());
    }

    private int to(Occurrence example) {
        return Math.min(rows.tokens()[example.row()].length, example.pos() + step.after() + 1);
    }
}
