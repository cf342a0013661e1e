package dev.loupe.execute.neurons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.reading.TokenOrder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.TokenArrays;
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
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The arithmetic of {@link ReadExamples}: each row that has examples is run once, whatever neurons they are of, beside
 * others of its length. */
final class ExampleTexts {
    private static final int GUESSES = 5;

    /** Rows in one pass: enough to use both cores, and few beside the scan that found them. */
    private static final int TOGETHER = 8;

    private final ReadExamples step;
    private final TokenRows rows;
    private final LoadedModel model;
    private final TokenModel running;
    private final StopSignal stop;

    ExampleTexts(ReadExamples step, TokenRows rows, LoadedModel model, StopSignal stop) {
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
        Map<Integer, List<Integer>> byLength = new TreeMap<>();
        byRow.keySet()
                .forEach(row -> byLength.computeIfAbsent(rows.tokens()[row].length, k -> new ArrayList<>())
                        .add(row));
        StepValue.Text.Row[] passages = new StepValue.Text.Row[chosen.size()];
        byLength.values().forEach(equal -> {
            for (int from = 0; from < equal.size(); from += TOGETHER) {
                stop.check();
                List<Integer> batch = equal.subList(from, Math.min(equal.size(), from + TOGETHER));
                List<Integer> places = batch.stream()
                        .flatMap(row -> Objects.requireNonNull(byRow.get(row)).stream())
                        .toList();
                try (NDManager scope = model.manager().newSubManager()) {
                    Run run = new Run(batch, places.stream().map(chosen::get).toList(), scope);
                    places.forEach(i -> passages[i] = run.passage(chosen.get(i)));
                }
            }
        });
        return new StepValue.Text("activation of `" + step.site().canonical() + "`", List.of(passages));
    }

    /** Rows of equal length, as far as their examples reach, unembedded where an example is shown. */
    private final class Run implements HookVisitor {
        private final List<Integer> batch;
        private final int length;
        private final Set<Integer> layers = new TreeSet<>();
        private final Map<Integer, float[]> activations = new TreeMap<>();
        private final Map<Integer, Map<Integer, float[]>> logs = new TreeMap<>();
        private int width;

        Run(List<Integer> batch, List<Occurrence> examples, NDManager scope) {
            this.batch = batch;
            this.length = reach(examples);
            Map<Integer, Set<Integer>> shown = new TreeMap<>();
            for (Occurrence example : examples) {
                layers.add(step.neurons().get(example.component()).layer());
                Set<Integer> own = shown.computeIfAbsent(example.row(), k -> new TreeSet<>());
                IntStream.range(from(example), to(example)).forEach(own::add);
            }
            int most = shown.values().stream().mapToInt(Set::size).max().orElse(0);
            int[][] asked = new int[batch.size()][];
            for (int i = 0; i < asked.length; i++) {
                int[] own = Objects.requireNonNull(shown.get(batch.get(i))).stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                // Every row is asked at as many positions: its last one fills up.
                asked[i] = Arrays.copyOf(own, most);
                Arrays.fill(asked[i], own.length, most, own[own.length - 1]);
            }
            NDArray input = TokenArrays.array(
                    batch.stream()
                            .map(row -> Arrays.copyOf(rows.tokens()[row], length))
                            .toArray(int[][]::new),
                    scope);
            NDArray logits = running.forward(
                            ForwardRequest.of(model.onDevice(input)).at(asked), this, scope)
                    .logits();
            for (int i = 0; i < asked.length; i++) {
                Map<Integer, float[]> own = new TreeMap<>();
                for (int k = 0; k < most; k++) {
                    if (!own.containsKey(asked[i][k])) {
                        own.put(asked[i][k], logits.get(i).get(k).logSoftmax(-1).toFloatArray());
                    }
                }
                logs.put(batch.get(i), own);
            }
        }

        /** What comes later changes nothing where attention is causal; one token more is the one that is predicted. */
        private int reach(List<Occurrence> examples) {
            int whole = rows.tokens()[batch.get(0)].length;
            int last = examples.stream().mapToInt(Occurrence::pos).max().orElse(0) + step.after();
            return running.causal() ? Math.min(whole, last + 2) : whole;
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

        StepValue.Text.Row passage(Occurrence example) {
            NeuronName neuron = step.neurons().get(example.component());
            float[] values = Objects.requireNonNull(activations.get(neuron.layer()));
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
                value[i] = values[(batch.indexOf(example.row()) * length + pos) * width + neuron.neuron()];
                next[i] = pos + 1 < tokens.length ? here[tokens[pos + 1]] : Double.NaN;
                guesses.add(likeliest(here));
            }
            return new StepValue.Text.Row(
                    neuron + ", " + example.group() + ": " + shown(example.value()) + " at token " + example.pos()
                            + " of row " + example.row(),
                    Arrays.copyOfRange(rows.tokens()[example.row()], from, to),
                    value,
                    next,
                    guesses);
        }
    }

    private static String shown(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
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
