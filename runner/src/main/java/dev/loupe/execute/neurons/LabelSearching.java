package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.values.SearchLabels;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantiles;
import dev.loupe.result.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The arithmetic of {@link SearchLabels}: the same search for a label and for labels that say nothing. */
public final class LabelSearching {
    /** Fewer positions with the label, or without it, on either side tell nothing. */
    private static final int LEAST = 20;

    private final SearchLabels step;
    private final TokenRows rows;
    private final StepValue.Activations sample;
    private final StopSignal stop;
    private final double[] untrained;
    private final int[] documents;
    private final boolean[] training;

    private LabelSearching(
            SearchLabels step, TokenRows rows, StepValue.Activations sample, List<NamedArray> twins, StopSignal stop) {
        this.untrained = largest(step, twins);
        this.step = step;
        this.rows = rows;
        this.sample = sample;
        this.stop = stop;
        int[] sampled = Arrays.stream(sample.row()).map(rows::document).toArray();
        this.documents = Arrays.stream(sampled).distinct().sorted().toArray();
        boolean[] chosen = split(documents.length, step.train(), step.seed());
        this.training = new boolean[sampled.length];
        for (int i = 0; i < sampled.length; i++) {
            training[i] = chosen[Arrays.binarySearch(documents, sampled[i])];
        }
    }

    /**
     * One row for each test document: pseudo-values of the area, and what is the same for all.
     *
     * @param twins what the same search gave in each untrained model [part, label]
     */
    public static RowTable of(
            SearchLabels step, TokenRows rows, StepValue.Activations sample, List<NamedArray> twins, StopSignal stop) {
        return new LabelSearching(step, rows, sample, twins, stop).table();
    }

    /** The largest area of each label in any untrained model; NaN without one. */
    private static double[] largest(SearchLabels step, List<NamedArray> twins) {
        double[] largest = new double[step.labels().size()];
        Arrays.fill(largest, Double.NaN);
        for (NamedArray twin : twins) {
            double[] areas = twin.at("part", 0).data();
            for (int l = 0; l < largest.length; l++) {
                largest[l] = Double.isNaN(largest[l]) || areas[l] > largest[l] ? areas[l] : largest[l];
            }
        }
        return largest;
    }

    static boolean[] split(int documents, double train, long seed) {
        int[] order = IntStream.range(0, documents).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = documents - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        boolean[] chosen = new boolean[documents];
        for (int i = 0; i < Math.round(train * documents); i++) {
            chosen[order[i]] = true;
        }
        return chosen;
    }

    /**
     * The neuron that was found.
     *
     * @param train its area where it was selected, 0.5 to 1
     * @param test its area elsewhere, in the same direction
     * @param high whether it is larger where the label is
     */
    private record Best(double train, double test, int layer, int neuron, boolean high) {
        static final Best NONE = new Best(Double.NaN, Double.NaN, -1, -1, true);
    }

    /** Positions of one side, those with and without the label, and the ranks of every layer. */
    private record Side(int[] which, MidRanks[] ranks) {
        int[] positives(boolean[] has) {
            return IntStream.range(0, which.length).filter(i -> has[which[i]]).toArray();
        }
    }

    private RowTable table() {
        int labels = step.labels().size();
        int parts = SearchLabels.PART.size();
        int[] tested = tested();
        double[] numbers = new double[parts * labels];
        double[][] areas = new double[labels][];
        double[] p = new double[labels];
        for (int l = 0; l < labels; l++) {
            stop.check();
            SampledLabels label = new SampledLabels(rows, step.labels().get(l), sample.row(), sample.pos());
            Result result = search(label, l);
            areas[l] = result.areas(tested.length);
            p[l] = result.p();
            double[] column = {
                result.best().test(),
                result.best().train(),
                result.best().layer(),
                result.best().neuron(),
                result.chance(),
                result.tokens(),
                result.tokenChance(),
                untrained[l],
                result.p()
            };
            for (int k = 0; k < column.length; k++) {
                numbers[k * labels + l] = result.best().layer() < 0 && k < 4 ? Double.NaN : column[k];
            }
        }
        double[] q = FalseDiscovery.adjusted(p);
        for (int l = 0; l < labels; l++) {
            numbers[9 * labels + l] = q[l];
            numbers[10 * labels + l] =
                    Double.isNaN(q[l]) ? Double.NaN : q[l] <= step.fdr() && !(numbers[l] <= untrained[l]) ? 1 : 0;
        }
        List<String> kept = step.axes().get(0).labels();
        int width = kept.size() * labels;
        double[] numerator = new double[tested.length * width];
        double[] denominator = new double[numerator.length];
        for (int d = 0; d < tested.length; d++) {
            for (int i = 0; i < width; i++) {
                int part = step.part(kept.get(i / labels));
                double value = part == 0 ? areas[i % labels][d] : numbers[part * labels + i % labels];
                boolean defined = !Double.isNaN(value);
                numerator[d * width + i] = defined ? value : 0;
                denominator[d * width + i] = defined ? 1 : 0;
            }
        }
        return new RowTable(step.axes(), tested.length, numerator, denominator);
    }

    /** Indices of the documents that test. */
    private int[] tested() {
        boolean[] chosen = split(documents.length, step.train(), step.seed());
        return IntStream.range(0, documents.length).filter(d -> !chosen[d]).toArray();
    }

    /**
     * What was found for one label.
     *
     * @param pseudo of the area by test document, none where it is undefined
     */
    private record Result(Best best, double chance, double tokens, double tokenChance, double p, double[] pseudo) {
        double[] areas(int documents) {
            double[] none = new double[documents];
            Arrays.fill(none, Double.NaN);
            return pseudo.length == 0 ? none : pseudo;
        }
    }

    private Result search(SampledLabels label, int number) {
        Side train = side(label, true);
        Side test = side(label, false);
        boolean[] own = label.own();
        Best best = best(own, train, test);
        if (best.layer() < 0) {
            return new Result(best, Double.NaN, Double.NaN, Double.NaN, Double.NaN, new double[0]);
        }
        SplittableRandom seeds = new SplittableRandom(step.seed() * 31 + number);
        long[] each = seeds.longs(step.draws()).toArray();
        double[] moved = Arrays.stream(each)
                .parallel()
                .mapToDouble(seed -> drawn(label.moved(new SplittableRandom(seed)), train, test))
                .toArray();
        double chance = edge(moved);
        double tokens = TokenBaseline.area(rows, sample.row(), sample.pos(), own, train.which(), test.which());
        double p = probability(best.test(), moved);
        double tokenChance = Double.NaN;
        if (tokens > chance) {
            double[] sets = Arrays.stream(each)
                    .parallel()
                    .mapToDouble(seed -> drawn(label.otherTokens(new SplittableRandom(~seed)), train, test))
                    .toArray();
            tokenChance = edge(sets);
            p = Math.max(p, probability(best.test(), sets));
        }
        return new Result(best, chance, tokens, tokenChance, p, pseudo(best, own, test));
    }

    /** What a label that says nothing gives; without enough positions on a side it tells nothing. */
    private double drawn(boolean[] has, Side train, Side test) {
        stop.check();
        Best best = best(has, train, test);
        return best.layer() < 0 ? 0.5 : best.test();
    }

    /** The 99th percentile, or the largest of fewer than 100 draws. */
    static double edge(double[] draws) {
        return draws.length < 100 ? Arrays.stream(draws).max().orElse(Double.NaN) : Quantiles.of(draws, .99);
    }

    private static double probability(double found, double[] draws) {
        return (1.0 + Arrays.stream(draws).filter(x -> x >= found).count()) / (1.0 + draws.length);
    }

    private Side side(SampledLabels label, boolean train) {
        int[] which = IntStream.range(0, training.length)
                .filter(i -> training[i] == train && !label.leftOut(i))
                .toArray();
        MidRanks[] ranks = new MidRanks[sample.layers().size()];
        IntStream.range(0, ranks.length)
                .parallel()
                .forEach(l -> ranks[l] = new MidRanks(sample.values().get(l), sample.width(), which));
        return new Side(which, ranks);
    }

    private Best best(boolean[] has, Side train, Side test) {
        int[] trained = train.positives(has);
        int[] tested = test.positives(has);
        if (few(trained.length, train.which().length) || few(tested.length, test.which().length)) {
            return Best.NONE;
        }
        double most = -1;
        int layer = -1;
        int neuron = -1;
        boolean high = true;
        for (int l = 0; l < train.ranks().length; l++) {
            double[] sums = train.ranks()[l].sums(trained);
            for (int i = 0; i < sums.length; i++) {
                double area = MidRanks.area(sums[i], trained.length, train.which().length);
                double either = Math.max(area, 1 - area);
                if (either > most) {
                    most = either;
                    layer = l;
                    neuron = i;
                    high = area >= 0.5;
                }
            }
        }
        double area = MidRanks.area(test.ranks()[layer].sum(tested, neuron), tested.length, test.which().length);
        return new Best(most, high ? area : 1 - area, sample.layers().get(layer), neuron, high);
    }

    private static boolean few(int positives, int all) {
        return positives < LEAST || all - positives < LEAST;
    }

    private double[] pseudo(Best best, boolean[] has, Side test) {
        int layer = sample.layers().indexOf(best.layer());
        int n = test.which().length;
        float[] score = new float[n];
        boolean[] positive = new boolean[n];
        int[] document = new int[n];
        int[] tested = tested();
        for (int i = 0; i < n; i++) {
            int at = test.which()[i];
            float value = sample.values().get(layer)[at * sample.width() + best.neuron()];
            score[i] = best.high() ? value : -value;
            positive[i] = has[at];
            int own = Arrays.binarySearch(documents, rows.document(sample.row()[at]));
            document[i] = Arrays.binarySearch(tested, own);
        }
        return AreaByDocument.pseudoValues(score, positive, document, tested.length);
    }
}
