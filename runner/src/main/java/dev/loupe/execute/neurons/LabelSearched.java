package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.DocumentSplit;
import dev.loupe.execute.statistics.ChanceEdge;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.neurons.SearchLabels;
import dev.loupe.progress.StopSignal;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the search gives for one label, beside what it gives for labels that say nothing. */
final class LabelSearched {
    /** Labels that are drawn and searched for at a time. */
    private static final int TOGETHER = 512;

    /** So many times as many labels as are wanted are drawn at the most. */
    private static final int TRIED = 50;

    private final SearchLabels.Options options;
    private final TokenRows rows;
    private final StepValue.Activations sample;
    private final DocumentSplit split;
    private final StopSignal stop;

    LabelSearched(
            SearchLabels.Options options,
            TokenRows rows,
            StepValue.Activations sample,
            DocumentSplit split,
            StopSignal stop) {
        this.options = options;
        this.rows = rows;
        this.sample = sample;
        this.split = split;
        this.stop = stop;
    }

    /**
     * The result for one label.
     *
     * @param areas pseudo-values of the area by test document, none where the label is undefined
     * @param numbers everything else by the name of its part, p among it; what all labels together tell is added to it
     * @param why the label is undefined, empty where it is defined
     */
    record Result(double[] areas, Map<String, Double> numbers, String why) {

        boolean defined() {
            return areas.length > 0;
        }

        double area(int document) {
            return defined() ? areas[document] : Double.NaN;
        }

        double p() {
            return numbers.getOrDefault("p", Double.NaN);
        }
    }

    /** @param number of the label among all, which its draws depend on */
    Result of(SplitSearch search, SampledLabels label, int number) {
        boolean[] own = label.own();
        SplitSearch.Best best = search.of(new boolean[][] {own})[0];
        if (!best.defined()) {
            return undefined(search, own, number);
        }
        int[] document = search.test().in(split.tested());
        boolean[] has = search.test().in(own);
        float[] score = search.score(best, search.test());
        double[] areas = AreaByDocument.pseudoValues(score, has, document, split.tests(), search.test());
        if (Arrays.stream(areas).anyMatch(Double::isNaN)) {
            return undefined(search, own, number);
        }
        Map<String, Double> numbers = new TreeMap<>();
        numbers.put(SearchLabels.AUC, best.test());
        numbers.put("train-auc", best.train());
        numbers.put("layer", (double) sample.layers().get(best.layer()));
        numbers.put(options.kind().word(), (double) best.neuron());
        numbers.put("direction", best.high() ? 1.0 : -1.0);
        ThresholdScores scores = ThresholdScores.of(
                search.score(best, search.train()), search.train().in(own), score, has);
        numbers.put("mcc", scores.mcc());
        numbers.put("f1", scores.f1());
        numbers.put("average-precision", scores.averagePrecision());
        chance(search, label, number, best.test(), numbers);
        return new Result(areas, numbers, "");
    }

    private Result undefined(SplitSearch search, boolean[] own, int number) {
        String why = new WhyUndefined(options.labels().get(number), split, own)
                .of(search.train(), search.test(), SplitSearch.LEAST);
        return new Result(new double[0], new TreeMap<>(), why);
    }

    private void chance(
            SplitSearch search, SampledLabels label, int number, double found, Map<String, Double> numbers) {
        long seed = options.seed() * 31 + number;
        double[] moved = drawn(search, seed, each -> label.moved(new SplittableRandom(each)));
        double chance = ChanceEdge.of(moved);
        double p = probability(found, moved);
        double tokens =
                TokenBaseline.area(rows, sample.row(), sample.pos(), label.own(), search.train(), search.test());
        if (tokens > chance) {
            double[] sets = drawn(search, seed, each -> label.otherTokens(new SplittableRandom(~each)));
            numbers.put("token-chance", ChanceEdge.of(sets));
            p = Math.max(p, probability(found, sets));
        }
        numbers.put("chance", chance);
        numbers.put("token-auc", tokens);
        numbers.put("gain", found - tokens);
        numbers.put("p", p);
    }

    /**
     * What labels that say nothing give. One that has too few positions on a side gives nothing and is drawn again, as often as
     * {@link #TRIED} allows: fewer come back where such labels are rare.
     */
    private double[] drawn(SplitSearch search, long seed, Function<Long, boolean[]> draw) {
        SplittableRandom seeds = new SplittableRandom(seed);
        int wanted = options.draws();
        double[] areas = new double[wanted];
        int found = 0;
        for (int tried = 0; found < wanted && tried < TRIED * wanted; ) {
            stop.check();
            long[] next = seeds.longs(Math.min(TOGETHER, wanted - found)).toArray();
            tried += next.length;
            boolean[][] labels = IntStream.range(0, next.length)
                    .parallel()
                    .mapToObj(i -> draw.apply(next[i]))
                    .filter(search::tells)
                    .toArray(boolean[][]::new);
            for (SplitSearch.Best best : search.of(labels)) {
                areas[found++] = best.test();
            }
        }
        return Arrays.copyOf(areas, found);
    }

    private static double probability(double found, double[] draws) {
        return (1.0 + Arrays.stream(draws).filter(x -> x >= found).count()) / (1.0 + draws.length);
    }
}
