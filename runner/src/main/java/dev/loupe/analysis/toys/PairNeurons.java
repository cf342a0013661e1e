package dev.loupe.analysis.toys;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;

/**
 * The neurons of a transformer as those of a pair MLP: what each neuron gets from the first number and from the second, as the
 * mean of its input over the other one, and what it writes towards each number. For a pair MLP itself these are its three
 * matrices, except for constants.
 *
 * @param modulus resolved, unlike that of {@code places}
 */
record PairNeurons(PairPlaces places, int layer, int modulus, Finish made) implements Summary<PairNeurons.Sums> {
    /** What is made of the three matrices. */
    interface Finish {
        List<Axis> axes(int modulus);

        double[] numbers(PairTables tables);

        String label();
    }

    /**
     * @param a by the first number, sums [number][neuron]
     * @param b by the second number, sums [number][neuron]
     * @param rows how many rows each number has, of a and of b [2][number]
     * @param u what neurons add to the logit of a number, less that of number 0 [number][neuron]
     */
    record Sums(double[][] a, double[][] b, int[][] rows, double[][] u) {}

    @Override
    public Sums part(Batch batch, int[] which) {
        TokenRows rows = batch.rows();
        int neurons = batch.shape().dMlp();
        Sums sums = new Sums(
                new double[modulus][neurons],
                new double[modulus][neurons],
                new int[2][modulus],
                written(batch, neurons));
        float[] values = batch.at(HookPoint.of(Site.MLP_PRE, layer)).toFloatArray();
        for (int row = 0; row < rows.rows(); row++) {
            int pair = places.pair(rows, row, modulus);
            if (pair < 0) {
                continue;
            }
            int from = (row * rows.tokens()[row].length + places.place(rows, places.at(), row)) * neurons;
            double[] first = sums.a[pair / modulus];
            double[] second = sums.b[pair % modulus];
            sums.rows[0][pair / modulus]++;
            sums.rows[1][pair % modulus]++;
            for (int n = 0; n < neurons; n++) {
                first[n] += values[from + n];
                second[n] += values[from + n];
            }
        }
        return sums;
    }

    private double[][] written(Batch batch, int neurons) {
        int[][] right = new int[modulus][1];
        for (int number = 0; number < modulus; number++) {
            right[number][0] = number;
        }
        NDArray directions = batch.direction(right, new int[modulus][1]).direction();
        if (batch.shape().outputNorms()) {
            directions = batch.throughNorm("blocks." + layer + ".ln2_post", directions);
        }
        float[] values = batch.throughNeurons(layer, directions).toFloatArray();
        double[][] out = new double[modulus][neurons];
        for (int i = 0; i < values.length; i++) {
            out[i / neurons][i % neurons] = values[i];
        }
        return out;
    }

    @Override
    public Sums merge(Sums left, Sums right) {
        Sums out = new Sums(sum(left.a, right.a), sum(left.b, right.b), new int[2][modulus], left.u);
        for (int i = 0; i < 2 * modulus; i++) {
            out.rows[i / modulus][i % modulus] =
                    left.rows[i / modulus][i % modulus] + right.rows[i / modulus][i % modulus];
        }
        return out;
    }

    private static double[][] sum(double[][] left, double[][] right) {
        double[][] out = new double[left.length][];
        for (int x = 0; x < out.length; x++) {
            out[x] = left[x].clone();
            for (int n = 0; n < out[x].length; n++) {
                out[x][n] += right[x][n];
            }
        }
        return out;
    }

    @Override
    public StepValue finish(Sums whole) {
        PairTables tables = new PairTables(mean(whole.a, whole.rows[0]), mean(whole.b, whole.rows[1]), whole.u);
        return new StepValue.Numbers(new NamedArray(made.axes(modulus), made.numbers(tables)));
    }

    private static double[][] mean(double[][] sums, int[] rows) {
        double[][] out = new double[sums.length][];
        for (int x = 0; x < out.length; x++) {
            out[x] = sums[x].clone();
            for (int n = 0; n < out[x].length; n++) {
                out[x][n] /= rows[x];
            }
        }
        return out;
    }

    @Override
    public void check(TokenRows rows) {
        places.check(rows, modulus);
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return List.of(HookPoint.of(Site.MLP_PRE, layer));
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
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
        return made.label() + " of layer " + layer;
    }
}
