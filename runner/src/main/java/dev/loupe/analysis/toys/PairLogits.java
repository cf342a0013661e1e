package dev.loupe.analysis.toys;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.OutputAt;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.Arrays;
import java.util.List;

/**
 * The logits of a transformer for every pair of numbers, of the numbers alone.
 *
 * @param modulus resolved, unlike that of {@code places}
 */
record PairLogits(PairPlaces places, int modulus, Finish made) implements Summary<PairLogits.Kept> {
    /** What is made of the logits. */
    interface Finish {
        List<Axis> axes(int modulus);

        double[] numbers(PairAnswers answers);

        String label();
    }

    /**
     * @param pairs which pairs these are, {@code a * modulus + b}
     * @param logits of each [number]
     * @param right what each should be, -1 where the dataset asks for nothing
     */
    record Kept(int[] pairs, float[][] logits, int[] right) {}

    @Override
    public Kept part(Batch batch, int[] which) {
        TokenRows rows = batch.rows();
        LogitsAtPositions asked = batch.asked(places.at());
        float[] all = asked.logits().toFloatArray();
        int width = all.length / Math.max(1, asked.row().length);
        int[] pairs = new int[asked.row().length];
        int[] right = new int[pairs.length];
        float[][] logits = new float[pairs.length][];
        int kept = 0;
        for (int i = 0; i < pairs.length; i++) {
            int pair = places.pair(rows, asked.row()[i], modulus);
            if (pair >= 0) {
                pairs[kept] = pair;
                right[kept] = rows.target(asked.row()[i], asked.pos()[i]);
                logits[kept++] = Arrays.copyOfRange(all, i * width, i * width + modulus);
            }
        }
        return new Kept(Arrays.copyOf(pairs, kept), Arrays.copyOf(logits, kept), Arrays.copyOf(right, kept));
    }

    @Override
    public Kept merge(Kept left, Kept right) {
        int count = left.pairs.length + right.pairs.length;
        Kept out = new Kept(
                Arrays.copyOf(left.pairs, count), Arrays.copyOf(left.logits, count), Arrays.copyOf(left.right, count));
        System.arraycopy(right.pairs, 0, out.pairs, left.pairs.length, right.pairs.length);
        System.arraycopy(right.logits, 0, out.logits, left.pairs.length, right.pairs.length);
        System.arraycopy(right.right, 0, out.right, left.pairs.length, right.pairs.length);
        return out;
    }

    /** Of several rows with one pair the last one counts. */
    @Override
    public StepValue finish(Kept whole) {
        float[] logits = new float[modulus * modulus * modulus];
        int[] right = new int[modulus * modulus];
        for (int i = 0; i < whole.pairs.length; i++) {
            System.arraycopy(whole.logits[i], 0, logits, whole.pairs[i] * modulus, modulus);
            right[whole.pairs[i]] = whole.right[i];
        }
        PairAnswers answers = new PairAnswers(modulus, PairAnswers.sign(right, modulus), logits, right);
        return new StepValue.Numbers(new NamedArray(made.axes(modulus), made.numbers(answers)));
    }

    @Override
    public void check(TokenRows rows) {
        places.check(rows, modulus);
        int[] right = new int[modulus * modulus];
        for (int row = 0; row < rows.rows(); row++) {
            int pair = places.pair(rows, row, modulus);
            if (pair >= 0) {
                right[pair] = rows.target(row, places.place(rows, places.at(), row));
            }
        }
        PairAnswers.sign(right, modulus);
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return List.of();
    }

    @Override
    public LogitsRead logits() {
        return OutputAt.read(places.at());
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return made.axes(modulus);
    }

    @Override
    public boolean foldsToNumbers() {
        return true;
    }

    @Override
    public String label() {
        return made.label() + " at " + places.at();
    }
}
