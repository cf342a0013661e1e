package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.DocumentSplit;
import dev.loupe.execute.statistics.ChanceEdge;
import dev.loupe.metric.reading.Remarks;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.neurons.FitProbe;
import dev.loupe.plan.neurons.ProbeOptions;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The arithmetic of {@link FitProbe}. A row of the scores is a test document. */
final class ProbeFitting {
    private static final int FOLDS = 3;
    /** Draws of the control task, whose mean is told. */
    private static final int CONTROLS = 10;

    private final FitProbe step;
    private final ProbeOptions options;
    private final TokenRows rows;
    private final Activations sample;
    private final StopSignal stop;
    private final DocumentSplit split;

    ProbeFitting(FitProbe step, TokenRows rows, Activations sample, StopSignal stop) {
        this.step = step;
        this.options = step.options();
        this.rows = rows;
        this.sample = sample;
        this.stop = stop;
        this.split = DocumentSplit.of(rows, sample.row(), options.train(), options.seed());
    }

    /** A probe of one label at one layer, of all components or of a few. */
    private final class One {
        private final ProbeTarget target;
        private final float[] values;
        private final int k;
        private final int[] train;
        private final int[] test;
        private final int[][] folds;
        private final RidgeProbe every;

        One(ProbeTarget target, float[] values, int k) {
            this.target = target;
            this.values = values;
            this.k = k;
            this.train = which(true);
            this.test = which(false);
            this.folds = new int[FOLDS][];
            for (int f = 0; f < FOLDS; f++) {
                int fold = f;
                folds[f] = Arrays.stream(train)
                        .filter(i -> split.document()[i] % FOLDS == fold)
                        .toArray();
            }
            this.every = new RidgeProbe(
                    k == 0 ? values : new float[0], k == 0 ? sample.width() : 0, k == 0 ? folds : new int[FOLDS][0]);
        }

        private int[] which(boolean trains) {
            return IntStream.range(0, split.document().length)
                    .filter(i -> split.training()[i] == trains && target.counts(i))
                    .toArray();
        }

        /** The components that are read for a target, and a regression on them. */
        private RidgeProbe on(int[] chosen) {
            float[] few = new float[sample.row().length * chosen.length];
            for (int i = 0; i < sample.row().length; i++) {
                for (int a = 0; a < chosen.length; a++) {
                    few[i * chosen.length + a] = values[i * sample.width() + chosen[a]];
                }
            }
            return new RidgeProbe(few, chosen.length, folds);
        }

        /** The components whose correlation with a target on training documents is largest in magnitude. */
        private int[] chosen(double[] of) {
            double[] strength = new double[sample.width()];
            double mean = Arrays.stream(train).mapToDouble(i -> of[i]).average().orElse(0);
            double[] sum = new double[strength.length];
            double[] squares = new double[strength.length];
            double[] with = new double[strength.length];
            for (int i : train) {
                for (int a = 0; a < strength.length; a++) {
                    double x = values[i * strength.length + a];
                    sum[a] += x;
                    squares[a] += x * x;
                    with[a] += x * (of[i] - mean);
                }
            }
            for (int a = 0; a < strength.length; a++) {
                double variance = squares[a] - sum[a] * sum[a] / train.length;
                strength[a] = variance <= 0 ? 0 : -with[a] * with[a] / variance;
            }
            return IntStream.range(0, strength.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(strength[a], strength[b]))
                    .limit(k)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        private RidgeProbe regression(double[] of) {
            return k == 0 ? every : on(chosen(of));
        }

        /** The penalty that predicts left-out training documents best. */
        private int penalty(RidgeProbe regression, double[] of) {
            int best = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int p = 0; p < RidgeProbe.PENALTIES.length; p++) {
                double sum = 0;
                for (int f = 0; f < FOLDS; f++) {
                    double score = ProbeScore.of(
                            target.ordinal(), regression.read(regression.fit(of, p, f), folds[f]), of, folds[f]);
                    sum += Double.isNaN(score) ? 0 : score;
                }
                if (sum > most) {
                    most = sum;
                    best = p;
                }
            }
            return best;
        }

        private double score(double[] of, int penalty) {
            stop.check();
            RidgeProbe regression = regression(of);
            return ProbeScore.of(target.ordinal(), regression.read(regression.fit(of, penalty, -1), test), of, test);
        }

        private boolean tells() {
            return !Double.isNaN(ProbeScore.of(target.ordinal(), new double[test.length], target.own(), test))
                    && !Double.isNaN(ProbeScore.of(target.ordinal(), new double[train.length], target.own(), train));
        }

        String whyUndefined() {
            return new WhyUndefined(target.name(), split, target.positive())
                    .of(Strata.one(train), Strata.one(test), ProbeScore.LEAST);
        }

        RidgeProbe.Fit fitted() {
            RidgeProbe regression = regression(target.own());
            return regression.fit(target.own(), penalty(regression, target.own()), -1);
        }

        /** What is told, in the order of the parts, and the pseudo-values of the first by test document. */
        Told told(long seed) {
            RidgeProbe regression = regression(target.own());
            int penalty = penalty(regression, target.own());
            RidgeProbe.Fit fit = regression.fit(target.own(), penalty, -1);
            double[] said = regression.read(fit, test);
            double trained = ProbeScore.of(target.ordinal(), regression.read(fit, train), target.own(), train);
            SplittableRandom seeds = new SplittableRandom(seed);
            double[] moved = Arrays.stream(seeds.longs(options.draws()).toArray())
                    .parallel()
                    .mapToDouble(s -> score(target.moved(new SplittableRandom(s)), penalty))
                    .filter(x -> !Double.isNaN(x))
                    .toArray();
            double control = seeds.longs(CONTROLS)
                    .mapToDouble(s -> score(target.controlTask(new SplittableRandom(s)), penalty))
                    .filter(x -> !Double.isNaN(x))
                    .average()
                    .orElse(Double.NaN);
            int[] places = Arrays.stream(test).map(i -> split.tested()[i]).toArray();
            return new Told(
                    ProbeScore.byDocument(target.ordinal(), said, target.own(), test, places, split.tests()),
                    new double[] {
                        trained,
                        moved.length == 0 ? Double.NaN : ChanceEdge.of(moved),
                        target.tokens(train, test),
                        control
                    });
        }
    }

    private record Told(double[] score, double[] others) {}

    /** @param twins what the same probes gave in each untrained model */
    StepValue.Table scores(List<NamedArray> twins) {
        int cells = NamedArray.sizeOf(step.cells());
        int parts = step.part().size();
        double[] numbers = new double[split.tests() * parts * cells];
        Arrays.fill(numbers, Double.NaN);
        Set<String> undefined = new LinkedHashSet<>();
        each((cell, one) -> {
            double largest = twins.stream()
                    .mapToDouble(twin -> twin.at("part", 0).data()[cell])
                    .filter(x -> !Double.isNaN(x))
                    .max()
                    .orElse(Double.NaN);
            if (!one.tells()) {
                undefined.add(one.whyUndefined());
                return;
            }
            Told told = one.told(options.seed() * 31 + cell);
            for (int d = 0; d < split.tests(); d++) {
                for (int part = 0; part < parts; part++) {
                    numbers[(d * parts + part) * cells + cell] = part == 0
                            ? told.score()[d]
                            : part <= told.others().length ? told.others()[part - 1] : largest;
                }
            }
        });
        return new StepValue.Table(
                RowTable.ofNumbers(step.axes(), split.tests(), numbers), Remarks.undefined(List.copyOf(undefined)));
    }

    NamedArray directions() {
        int width = sample.width();
        double[] all = new double[NamedArray.sizeOf(step.axes())];
        Arrays.fill(all, Double.NaN);
        each((cell, one) -> {
            if (one.tells()) {
                int[] places = one.k == 0 ? IntStream.range(0, width).toArray() : one.chosen(one.target.own());
                double[] weights = one.fitted().weights();
                double length = Math.sqrt(Arrays.stream(weights).map(x -> x * x).sum());
                Arrays.fill(all, cell * width, (cell + 1) * width, 0);
                for (int a = 0; a < places.length; a++) {
                    all[cell * width + places[a]] = weights[a] / length;
                }
            }
        });
        return new NamedArray(step.axes(), all);
    }

    private interface Cell {
        void probe(int cell, One one);
    }

    private void each(Cell work) {
        List<Integer> ks = options.k().isEmpty() ? List.of(0) : options.k();
        int cell = 0;
        for (String label : options.labels()) {
            ProbeTarget target = new ProbeTarget(rows, label, sample.row(), sample.pos());
            for (float[] values : sample.values()) {
                for (int k : ks) {
                    stop.check();
                    work.probe(cell++, new One(target, values, k));
                }
            }
        }
    }
}
