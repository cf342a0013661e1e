package dev.loupe.execute.neurons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.analysis.reading.TokenOrder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.load.LoadedModel;
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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The arithmetic of {@link ReadExamples}: the batches of the scan that have examples are run again as far as their neurons,
 * so that activations are those of the scan; the rows with examples alone go on to their predictions.
 */
final class ExampleTexts {
    private static final int GUESSES = 5;

    /** Rows that go on together: enough to use both cores, and few beside the scan that found them. */
    private static final int TOGETHER = 8;

    private final ReadExamples step;
    private final TokenRows rows;
    private final LoadedModel model;
    private final TokenModel running;
    private final ScanBatches scan;
    private final StopSignal stop;

    ExampleTexts(ReadExamples step, TokenRows rows, LoadedModel model, ScanBatches scan, StopSignal stop) {
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
        StepValue.Text.Row[] passages = new StepValue.Text.Row[chosen.size()];
        for (ScanBatches.Batch batch : scan.having(byRow.keySet())) {
            int[] inBatch = batch.rows();
            try (NDManager scope = model.manager().newSubManager()) {
                List<Integer> shown = IntStream.range(0, inBatch.length)
                        .filter(i -> byRow.containsKey(inBatch[i]))
                        .boxed()
                        .toList();
                Scanned scanned = new Scanned(
                        batch,
                        shown.stream()
                                .flatMap(i -> Objects.requireNonNull(byRow.get(inBatch[i])).stream())
                                .map(i -> layer(chosen.get(i)))
                                .collect(Collectors.toCollection(TreeSet::new)),
                        scope);
                for (int from = 0; from < shown.size(); from += TOGETHER) {
                    stop.check();
                    List<Integer> some = shown.subList(from, Math.min(shown.size(), from + TOGETHER));
                    List<Integer> places = some.stream()
                            .flatMap(i -> Objects.requireNonNull(byRow.get(inBatch[i])).stream())
                            .toList();
                    try (NDManager own = scope.newSubManager()) {
                        Run run = new Run(
                                scanned, some, places.stream().map(chosen::get).toList(), own);
                        places.forEach(i -> passages[i] = run.passage(chosen.get(i)));
                    }
                }
            }
        }
        return new StepValue.Text("activation of " + step.site().canonical(), List.of(passages));
    }

    private int layer(Occurrence example) {
        return step.neurons().get(example.component()).layer();
    }

    /** A batch of the scan, with the activations that the scan saw. */
    private final class Scanned implements HookVisitor {
        private final int[] rowsOf;
        private final SortedSet<Integer> layers;
        private final Map<Integer, float[]> activations = new TreeMap<>();
        private final ScanBatches.Passed passed;
        private int width;

        Scanned(ScanBatches.Batch batch, SortedSet<Integer> layers, NDManager scope) {
            this.rowsOf = batch.rows();
            this.layers = layers;
            this.passed = scan.run(batch, layers.first(), layers.last(), this, scope);
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
            return rows.tokens()[rowsOf[0]].length;
        }

        /** @param i the place of a row in the batch */
        float value(NeuronName neuron, int i, int pos) {
            return Objects.requireNonNull(activations.get(neuron.layer()))[
                    (i * length() + pos) * width + neuron.neuron()];
        }
    }

    /** Some rows of a batch, as far as their examples reach, unembedded where an example is shown. */
    private final class Run {
        private final Scanned scanned;
        private final Map<Integer, Integer> places = new TreeMap<>();
        private final Map<Integer, Map<Integer, float[]>> logs = new TreeMap<>();

        /** @param some places in the batch */
        Run(Scanned scanned, List<Integer> some, List<Occurrence> examples, NDManager scope) {
            this.scanned = scanned;
            some.forEach(i -> places.put(scanned.rowsOf[i], i));
            Map<Integer, Set<Integer>> shown = new TreeMap<>();
            for (Occurrence example : examples) {
                Set<Integer> own = shown.computeIfAbsent(example.row(), k -> new TreeSet<>());
                IntStream.range(from(example), to(example)).forEach(own::add);
            }
            int most = shown.values().stream().mapToInt(Set::size).max().orElse(0);
            int[][] asked = new int[some.size()][];
            for (int i = 0; i < asked.length; i++) {
                int[] own = Objects.requireNonNull(shown.get(scanned.rowsOf[some.get(i)])).stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                // Every row is asked at as many positions: its last one fills up.
                asked[i] = Arrays.copyOf(own, most);
                Arrays.fill(asked[i], own.length, most, own[own.length - 1]);
            }
            long[] picked = some.stream().mapToLong(Integer::longValue).toArray();
            NDArray residual =
                    scanned.passed.residual().get(scope, new NDIndex("{}, :" + reach(examples), scope.create(picked)));
            NDArray logits = running.forward(
                            ForwardRequest.resume(residual, scanned.passed.next())
                                    .at(asked),
                            HookVisitor.none(),
                            scope)
                    .logits();
            for (int i = 0; i < asked.length; i++) {
                Map<Integer, float[]> own = new TreeMap<>();
                for (int k = 0; k < most; k++) {
                    if (!own.containsKey(asked[i][k])) {
                        own.put(asked[i][k], logits.get(i).get(k).logSoftmax(-1).toFloatArray());
                    }
                }
                logs.put(scanned.rowsOf[some.get(i)], own);
            }
        }

        /** What comes later changes nothing where attention is causal; one token more is the one that is predicted. */
        private int reach(List<Occurrence> examples) {
            int whole = scanned.length();
            int last = examples.stream().mapToInt(Occurrence::pos).max().orElse(0) + step.after();
            return running.causal() ? Math.min(whole, last + 2) : whole;
        }

        StepValue.Text.Row passage(Occurrence example) {
            NeuronName neuron = step.neurons().get(example.component());
            int place = Objects.requireNonNull(places.get(example.row()));
            Map<Integer, float[]> own = Objects.requireNonNull(logs.get(example.row()));
            int[] tokens = rows.tokens()[example.row()];
            int from = from(example);
            int to = to(example);
            int n = to - from;
            double[] value = new double[n];
            double[] next = new double[n];
            List<List<StepValue.Text.Guess>> guesses = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int pos = from + i;
                float[] here = Objects.requireNonNull(own.get(pos));
                value[i] = scanned.value(neuron, place, pos);
                next[i] = pos + 1 < tokens.length ? here[tokens[pos + 1]] : Double.NaN;
                guesses.add(likeliest(here));
            }
            return new StepValue.Text.Row(
                    neuron + ", " + example.group() + ": " + ThreeDigits.of(example.value()) + " at token "
                            + example.pos() + " of row " + example.row(),
                    Arrays.copyOfRange(rows.tokens()[example.row()], from, to),
                    value,
                    next,
                    guesses);
        }
    }

    private static List<StepValue.Text.Guess> likeliest(float[] logs) {
        double[] wide =
                IntStream.range(0, logs.length).mapToDouble(i -> logs[i]).toArray();
        return TokenOrder.highest(wide, GUESSES).stream()
                .map(id -> new StepValue.Text.Guess(id, Math.exp(wide[id])))
                .toList();
    }

    private int from(Occurrence example) {
        return Math.max(0, example.pos() - step.before());
    }

    private int to(Occurrence example) {
        return Math.min(rows.tokens()[example.row()].length, example.pos() + step.after() + 1);
    }
}
