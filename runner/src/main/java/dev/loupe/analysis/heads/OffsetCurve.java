package dev.loupe.analysis.heads;

import dev.loupe.plan.ask.RotaryPairs;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the sums over a dataset say of one head.
 *
 * @param head its number over all layers
 * @param pairs how the model turns queries and keys, null where it does not
 */
record OffsetCurve(
        OffsetStatistics.Sums sums, int head, @Nullable RotaryPairs pairs) {
    /** A part's numbers for this head, in the order of their axes. */
    double[] of(OffsetScores.Part part, int farthest) {
        int turned = pairs == null ? 0 : pairs.pairs();
        return switch (part) {
            case SCORE -> offsets(farthest, this::score);
            case MEAN_SCORE -> offsets(farthest, this::mean);
            case BY_PAIR ->
                IntStream.rangeClosed(0, turned)
                        .mapToObj(pair -> offsets(farthest, d -> pair < turned ? ofPair(pair, d) : rest()))
                        .flatMapToDouble(java.util.Arrays::stream)
                        .toArray();
            case AMPLITUDE ->
                IntStream.range(0, turned).mapToDouble(this::amplitude).toArray();
            case PHASE -> IntStream.range(0, turned).mapToDouble(this::phase).toArray();
            case EXPLAINED -> new double[] {explained()};
            case SPREAD -> new double[] {Math.sqrt(squares(this::mean) / count())};
        };
    }

    private static double[] offsets(int farthest, java.util.function.IntToDoubleFunction value) {
        return IntStream.rangeClosed(0, farthest).mapToDouble(value).toArray();
    }

    private double query(int d) {
        return sums.queries()[layer()][at(d)] / sums.positions();
    }

    private double key(int d) {
        return sums.keys()[layer()][at(d)] / sums.positions();
    }

    private int layer() {
        return head / sums.shape().heads();
    }

    private int at(int d) {
        return head % sums.shape().heads() * sums.shape().dHead() + d;
    }

    private RotaryPairs turned() {
        if (pairs == null) {
            throw new IllegalStateException("a model without rotary positions has no pairs");
        }
        return pairs;
    }

    private double amplitude(int pair) {
        int a = turned().first(pair);
        int b = turned().second(pair);
        return Math.hypot(query(a), query(b))
                * Math.hypot(key(a), key(b))
                * turned().factor()
                * turned().factor()
                / sums.scales()[layer()];
    }

    private double phase(int pair) {
        int a = turned().first(pair);
        int b = turned().second(pair);
        double angle = Math.atan2(query(b), query(a)) - Math.atan2(key(b), key(a));
        return Math.IEEEremainder(angle, 2 * Math.PI);
    }

    private double ofPair(int pair, int offset) {
        return amplitude(pair) * Math.cos(turned().frequencies().get(pair) * offset + phase(pair));
    }

    /** What dimensions that are not turned add, at every offset the same. */
    private double rest() {
        return IntStream.range(2 * turned().pairs(), sums.shape().dHead())
                        .mapToDouble(d -> query(d) * key(d))
                        .sum()
                / sums.scales()[layer()];
    }

    private double score(int offset) {
        return rest()
                + IntStream.range(0, turned().pairs())
                        .mapToDouble(pair -> ofPair(pair, offset))
                        .sum();
    }

    /** The mean of the true scores, undefined where no query has such a key. */
    private double mean(int offset) {
        double[] of = sums.scores()[head];
        return offset * 3 >= of.length || of[offset * 3] == 0 ? Double.NaN : of[offset * 3 + 1] / of[offset * 3];
    }

    private double count() {
        return every(0);
    }

    private double explained() {
        double mean = every(1) / count();
        double variance = squares(offset -> mean);
        return variance > 0 ? 1 - squares(this::score) / variance : Double.NaN;
    }

    /** The sum over true scores of the squared difference from what is said of their offset. */
    private double squares(java.util.function.IntToDoubleFunction said) {
        double[] of = sums.scores()[head];
        double sum = 0;
        for (int offset = 0; offset * 3 < of.length; offset++) {
            if (of[offset * 3] > 0) {
                double value = said.applyAsDouble(offset);
                sum += of[offset * 3 + 2] - 2 * value * of[offset * 3 + 1] + value * value * of[offset * 3];
            }
        }
        return Math.max(0, sum);
    }

    private double every(int which) {
        double[] of = sums.scores()[head];
        return IntStream.range(0, of.length / 3)
                .mapToDouble(i -> of[i * 3 + which])
                .sum();
    }
}
