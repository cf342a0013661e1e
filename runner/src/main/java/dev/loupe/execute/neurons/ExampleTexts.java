package dev.loupe.execute.neurons;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The arithmetic of {@link ReadExamples}: each row that has examples is run once, whatever neurons they are of. */
final class ExampleTexts {
    private static final int GUESSES = 5;

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
        StepValue.Text.Row[] passages = new StepValue.Text.Row[chosen.size()];
        byRow.forEach((row, some) -> {
            stop.check();
            try (NDManager scope = model.manager().newSubManager()) {
                Run run = run(row, some.stream().map(chosen::get).toList(), scope);
                some.forEach(i -> passages[i] = run.passage(chosen.get(i)));
            }
        });
        return new StepValue.Text("activation of `" + step.site().canonical() + "`", List.of(passages));
    }

    /** One row, as far as its examples reach. */
    private final class Run implements HookVisitor {
        private final int[] tokens;
        private final Map<Integer, float[]> activations = new TreeMap<>();
        private final List<Integer> layers;
        private final float[][] logs;
        private int width;

        Run(int[] tokens, List<Integer> layers, NDManager scope) {
            this.tokens = tokens;
            this.layers = layers;
            NDArray input = scope.create(Arrays.stream(tokens).asLongStream().toArray(), new Shape(1, tokens.length));
            NDArray logits = running.forward(ForwardRequest.of(model.onDevice(input)), this, scope)
                    .logits();
            this.logs = new float[tokens.length][];
            for (int pos = 0; pos < tokens.length; pos++) {
                logs[pos] = logits.get(0).get(pos).logSoftmax(-1).toFloatArray();
            }
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
            int from = Math.max(0, example.pos() - step.before());
            int to = Math.min(rows.tokens()[example.row()].length, example.pos() + step.after() + 1);
            int n = to - from;
            double[] value = new double[n];
            double[] next = new double[n];
            List<List<StepValue.Text.Guess>> guesses = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int pos = from + i;
                value[i] = values[pos * width + neuron.neuron()];
                next[i] = pos + 1 < tokens.length ? logs[pos][tokens[pos + 1]] : Double.NaN;
                guesses.add(likeliest(logs[pos]));
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

    private Run run(int row, List<Occurrence> some, NDManager scope) {
        int last = some.stream().mapToInt(Occurrence::pos).max().orElse(0) + step.after();
        int[] whole = rows.tokens()[row];
        // What comes later changes nothing where attention is causal; one token more is the one that is predicted.
        int end = running.causal() ? Math.min(whole.length, last + 2) : whole.length;
        List<Integer> layers = some.stream()
                .map(example -> step.neurons().get(example.component()).layer())
                .distinct()
                .toList();
        return new Run(Arrays.copyOf(whole, end), layers, scope);
    }
}
