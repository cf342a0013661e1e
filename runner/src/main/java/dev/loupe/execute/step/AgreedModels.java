package dev.loupe.execute.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.plan.ask.AgreementPart;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.values.AgreeModels;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The arithmetic of {@link AgreeModels}. Sums of what each position says are kept for every row, from which rows that are drawn
 * again give every part, correlations too.
 */
public final class AgreedModels {
    private static final double UNSURE = 1;
    private static final int BEST = 5;

    /** What is summed over positions, of all positions first and then of those that are unsure. */
    enum Sum {
        JS,
        TOP_1,
        TOP_5,
        ENSEMBLE,
        X,
        Y,
        XX,
        YY,
        XY,
        UNSURE_TOP_1,
        UNSURE_X,
        UNSURE_Y,
        UNSURE_XX,
        UNSURE_YY,
        UNSURE_XY
    }

    private static final int SUMS = Sum.values().length;

    /** What is of the first model alone, beside the same of the second. */
    private static final Sum[][] SWAPPED = {
        {Sum.X, Sum.Y}, {Sum.XX, Sum.YY}, {Sum.UNSURE_X, Sum.UNSURE_Y}, {Sum.UNSURE_XX, Sum.UNSURE_YY}
    };

    private final AgreeModels step;
    private final TokenRows rows;
    private final List<LoadedModel> models;
    private final List<Pair> pairs = new ArrayList<>();
    private final StopSignal stop;

    /** For each pair the earlier one of the same two models, -1 where there is none. */
    private final int[] mirrors;

    /** @param models every model of the step once, in its order */
    public AgreedModels(AgreeModels step, TokenRows rows, List<LoadedModel> models, StopSignal stop) {
        this.step = step;
        this.rows = rows;
        this.models = List.copyOf(models);
        this.stop = stop;
        List<ModelRef> order = step.models();
        for (ModelRef compared : step.compared()) {
            for (ModelRef other : step.others()) {
                pairs.add(new Pair(order.indexOf(compared), order.indexOf(other)));
            }
        }
        this.mirrors = IntStream.range(0, pairs.size())
                .map(pair -> pairs.subList(0, pair).indexOf(pairs.get(pair).swapped()))
                .toArray();
    }

    /** Two models by their places; the last varies fastest over {@link AgreeModels#pairs}. */
    private record Pair(int first, int second) {
        Pair swapped() {
            return new Pair(second, first);
        }
    }

    public StepValue value() {
        List<Axis> axes = new ArrayList<>(List.of(Axis.counted(AgreementSample.SUM, SUMS)));
        axes.addAll(step.pairs());
        double[] numerator = new double[Math.multiplyExact(rows.rows(), SUMS * pairs.size())];
        double[] denominator = new double[numerator.length];
        Map<Integer, List<Integer>> byLength = new TreeMap<>();
        for (int row = 0; row < rows.rows(); row++) {
            byLength.computeIfAbsent(rows.tokens()[row].length, k -> new ArrayList<>())
                    .add(row);
        }
        byLength.forEach((length, equal) -> {
            for (int from = 0; from < equal.size(); from += step.together(length)) {
                stop.check();
                batch(
                        equal.subList(from, Math.min(equal.size(), from + step.together(length))),
                        numerator,
                        denominator);
            }
        });
        return new StepValue.Sampled(new AgreementSample(new RowTable(axes, rows.rows(), numerator, denominator)));
    }

    private void batch(List<Integer> which, double[] numerator, double[] denominator) {
        try (NDManager scope = models.get(0).manager().newSubManager()) {
            List<NDArray> logits =
                    models.stream().map(model -> logits(model, which, scope)).toList();
            for (int i = 0; i < which.size(); i++) {
                try (NDManager own = scope.newSubManager()) {
                    int at = i;
                    List<NDArray> each = logits.stream()
                            .map(array -> {
                                NDArray wide = array.get(at).toType(DataType.FLOAT64, false);
                                wide.attach(own);
                                return wide;
                            })
                            .toList();
                    row(which.get(i), each, numerator, denominator);
                }
            }
        }
    }

    private NDArray logits(LoadedModel model, List<Integer> which, NDManager scope) {
        NDArray tokens =
                TokenArrays.array(which.stream().map(row -> rows.tokens()[row]).toArray(int[][]::new), scope);
        return Objects.requireNonNull(Objects.requireNonNull(model.tokens(), "this model reads no tokens")
                .forward(ForwardRequest.of(model.onDevice(tokens)), HookVisitor.none(), scope)
                .logits());
    }

    /** @param logits of every model on one row [pos, vocabulary] */
    private void row(int row, List<NDArray> logits, double[] numerator, double[] denominator) {
        int length = rows.tokens()[row].length;
        List<double[]> logs = logits.stream()
                .map(array -> array.logSoftmax(-1).toDoubleArray())
                .toList();
        int vocabulary = logs.get(0).length / length;
        for (int pos = 0; pos < length; pos++) {
            int target = rows.target(row, pos);
            if (target < 0) {
                continue;
            }
            int from = pos * vocabulary;
            List<Prediction> all = logs.stream()
                    .map(each -> Prediction.of(Arrays.copyOfRange(each, from, from + vocabulary)))
                    .toList();
            double[][] each = new double[pairs.size()][];
            for (int pair = 0; pair < pairs.size(); pair++) {
                double[] told = mirrors[pair] >= 0
                        ? swapped(each[mirrors[pair]])
                        : told(
                                all.get(pairs.get(pair).first()),
                                all.get(pairs.get(pair).second()),
                                target);
                each[pair] = told;
                for (int sum = 0; sum < SUMS; sum++) {
                    int to = (row * SUMS + sum) * pairs.size() + pair;
                    if (!Double.isNaN(told[sum])) {
                        numerator[to] += told[sum];
                        denominator[to]++;
                    }
                }
            }
        }
    }

    /**
     * What one model says at one position.
     *
     * @param logs log-probabilities of each token
     * @param shares probabilities
     * @param best the most probable tokens
     */
    private record Prediction(double[] logs, double[] shares, int[] best) {
        static Prediction of(double[] logs) {
            return new Prediction(logs, Arrays.stream(logs).map(Math::exp).toArray(), AgreedModels.best(logs));
        }
    }

    /** The same of the two models the other way round, bit for bit: all that is told of both does not ask which is first. */
    private static double[] swapped(double[] told) {
        double[] swapped = told.clone();
        for (Sum[] two : SWAPPED) {
            swapped[two[0].ordinal()] = told[two[1].ordinal()];
            swapped[two[1].ordinal()] = told[two[0].ordinal()];
        }
        return swapped;
    }

    /** In the order of {@link Sum}, at one position; NaN for what is not asked there. */
    private static double[] told(Prediction first, Prediction second, int target) {
        double js = 0;
        double entropy = 0;
        for (int i = 0; i < first.shares().length; i++) {
            double p = first.shares()[i];
            double q = second.shares()[i];
            double mean = (p + q) / 2;
            if (mean > 0) {
                // Of equal distributions p / mean is 1 and its logarithm 0, so that their divergence is 0 bit for bit.
                js += (p > 0 ? p * Math.log(p / mean) : 0) / 2 + (q > 0 ? q * Math.log(q / mean) : 0) / 2;
                entropy -= mean * Math.log(mean);
            }
        }
        int[] best = first.best();
        int[] otherBest = second.best();
        double same = best[0] == otherBest[0] ? 1 : 0;
        long shared = Arrays.stream(best)
                .filter(token -> Arrays.stream(otherBest).anyMatch(t -> t == token))
                .count();
        double x = -first.logs()[target];
        double y = -second.logs()[target];
        double ensemble = -Math.log((Math.exp(-x) + Math.exp(-y)) / 2) - (x + y) / 2;
        double unsure = entropy >= UNSURE ? 1 : Double.NaN;
        return new double[] {
            js,
            same,
            shared / (double) (best.length + otherBest.length - shared),
            ensemble,
            x,
            y,
            x * x,
            y * y,
            x * y,
            same * unsure,
            x * unsure,
            y * unsure,
            x * x * unsure,
            y * y * unsure,
            x * y * unsure
        };
    }

    /** The most probable tokens, of equal ones the first. */
    private static int[] best(double[] logs) {
        int count = Math.min(BEST, logs.length);
        int[] best = new int[count];
        Arrays.fill(best, -1);
        for (int token = 0; token < logs.length; token++) {
            int place = count;
            while (place > 0 && (best[place - 1] < 0 || logs[token] > logs[best[place - 1]])) {
                place--;
            }
            if (place < count) {
                System.arraycopy(best, place, best, place + 1, count - place - 1);
                best[place] = token;
            }
        }
        return best;
    }

    /** From means over positions to the parts. */
    static double[] parts(double[] mean) {
        AgreementPart[] all = AgreementPart.values();
        double[] out = new double[all.length];
        for (int i = 0; i < all.length; i++) {
            out[i] = switch (all[i]) {
                case JS -> mean[Sum.JS.ordinal()];
                case TOP_1 -> mean[Sum.TOP_1.ordinal()];
                case TOP_5 -> mean[Sum.TOP_5.ordinal()];
                case LOSS_CORRELATION -> correlation(mean, Sum.X.ordinal());
                case ENSEMBLE_GAIN -> mean[Sum.ENSEMBLE.ordinal()];
                case UNSURE_TOP_1 -> mean[Sum.UNSURE_TOP_1.ordinal()];
                case UNSURE_LOSS_CORRELATION -> correlation(mean, Sum.UNSURE_X.ordinal());
            };
        }
        return out;
    }

    /** From five means one after another: of x, y, x x, y y and x y. */
    private static double correlation(double[] mean, int at) {
        double x = mean[at];
        double y = mean[at + 1];
        double xx = mean[at + 2] - x * x;
        double yy = mean[at + 3] - y * y;
        return (mean[at + 4] - x * y) / Math.sqrt(xx * yy);
    }
}
