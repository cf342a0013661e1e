package dev.loupe.analysis.output;

import ai.djl.ndarray.NDArray;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What each token of a few texts costs the model, to read beside the text. */
@Named("text-loss")
@Doc("The loss of every token of the first few rows, shown as coloured text with the most probable next tokens.")
@Example("{text-loss: 2}")
public record TextLoss(
        @Key("text-loss") @Doc("Number of rows to show, 1 to 16.")
        int rows) implements OutputAnalysis, Summary<List<StepValue.Text.Row>> {
    private static final int GUESSES = 5;

    /** Positions whose distributions are read together: 13 MB for 50,000 tokens. */
    private static final int TOGETHER = 64;

    public TextLoss {
        if (rows < 1 || rows > 16) {
            throw new IllegalArgumentException("show 1 to 16 rows, not " + rows);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        int run = planning.clean(planning.rows(planning.on()), List.of(), logits());
        return planning.builder().add(id -> new Summarise(id, this, run));
    }

    @Override
    public List<StepValue.Text.Row> part(Batch batch, int[] which) {
        int kept = Math.min(rows, batch.rows().rows());
        int[][] tokens = batch.rows().tokens();
        LogitsAtPositions asked = batch.asked("everywhere");
        List<StepValue.Text.Row> texts = new ArrayList<>();
        for (int row = 0; row < kept; row++) {
            double[] loss = new double[tokens[row].length];
            Arrays.fill(loss, Double.NaN);
            List<List<StepValue.Text.Guess>> guesses = new ArrayList<>();
            for (int pos = 0; pos < loss.length; pos++) {
                guesses.add(List.of());
            }
            double[] next = loss.clone();
            texts.add(new StepValue.Text.Row("", tokens[row].clone(), loss, next, guesses));
        }
        int count = (int) Arrays.stream(asked.row()).filter(row -> row < kept).count();
        NDArray logits = asked.logits();
        // A copy from the device for many positions, not for each.
        for (int from = 0; from < count; from += TOGETHER) {
            int to = Math.min(count, from + TOGETHER);
            float[] some = logits.get(from + ":" + to).logSoftmax(-1).toFloatArray();
            int width = some.length / (to - from);
            for (int i = from; i < to; i++) {
                int row = asked.row()[i];
                int pos = asked.pos()[i];
                if (pos + 1 < tokens[row].length) {
                    float[] logs = Arrays.copyOfRange(some, (i - from) * width, (i - from + 1) * width);
                    // The logits at one position predict the token at the next, which bears the loss.
                    double log = logs[tokens[row][pos + 1]];
                    texts.get(row).value()[pos + 1] = -log;
                    texts.get(row).logProbNext()[pos] = log;
                    texts.get(row).guesses().set(pos, likeliest(logs));
                }
            }
        }
        return texts;
    }

    private static List<StepValue.Text.Guess> likeliest(float[] logs) {
        return IntStream.range(0, logs.length)
                .boxed()
                .sorted(Comparator.comparingDouble(id -> -logs[id]))
                .limit(GUESSES)
                .map(id -> new StepValue.Text.Guess(id, Math.exp(logs[id])))
                .toList();
    }

    @Override
    public List<StepValue.Text.Row> merge(List<StepValue.Text.Row> left, List<StepValue.Text.Row> right) {
        List<StepValue.Text.Row> all = new ArrayList<>(left);
        all.addAll(right);
        return all.subList(0, Math.min(rows, all.size()));
    }

    @Override
    public StepValue finish(List<StepValue.Text.Row> whole) {
        return new StepValue.Text(
                "loss, " + unit(),
                IntStream.range(0, whole.size())
                        .mapToObj(i -> new StepValue.Text.Row(
                                "Row " + (i + 1),
                                whole.get(i).tokens(),
                                whole.get(i).value(),
                                whole.get(i).logProbNext(),
                                whole.get(i).guesses()))
                        .toList());
    }

    @Override
    public boolean enough(List<StepValue.Text.Row> part) {
        return part.size() >= rows;
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return List.of();
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.EVERYWHERE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    @Override
    public String label() {
        return "loss of every token of " + Count.of(rows, "row");
    }

    @Override
    public String title() {
        return "Loss by token";
    }

    @Override
    public String formula() {
        return "-log p(token given the tokens before it) of single rows; the first token is predicted by nothing";
    }

    @Override
    public boolean numbers() {
        return false;
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.LOWER;
    }

    @Override
    public String unit() {
        return "nats";
    }
}
