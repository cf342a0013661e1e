package dev.loupe.result.store;

import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.TokenRankings;
import dev.loupe.result.TokenText;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What results.safetensors holds of a run, in name order so that equal results give equal bytes.
 *
 * <p>A measurement is stored under its name in the spec, {@code [its axes]}; its interval as {@code name/low} and
 * {@code name/high}; the null draws as {@code name/null [draw]}; attention patterns as {@code name/<example>
 * [head, query, key]}; the numbers of coloured text as {@code name/<passage> [token]}; those of ranked tokens as {@code name/<ranking> [token, column]},
 * group after group.
 *
 * <p>Tensors are F32, which is what the models compute in. results.json repeats the doubles of everything up to {@link
 * #INLINE} numbers; what is larger, and every attention pattern, is stored here alone, then F64 where F32 would change a
 * number.
 */
final class StoredTensors {
    /** Up to this many numbers, results.json holds them too. */
    static final int INLINE = 20_000;

    /**
     * @param shape sizes of the axes, outermost first
     * @param wide whether it is stored as F64
     */
    record Tensor(long[] shape, double[] values, boolean wide) {}

    private StoredTensors() {}

    /** @param most so many numbers of a measurement results.json holds too */
    static SortedMap<String, Tensor> of(List<Artifact> artifacts, int most) {
        SortedMap<String, Tensor> all = new TreeMap<>();
        for (Artifact artifact : artifacts) {
            if (artifact instanceof Quantity quantity) {
                addQuantity(all, quantity, most);
            } else if (artifact instanceof AttentionPatterns patterns) {
                for (int i = 0; i < patterns.examples().size(); i++) {
                    NamedArray pattern = patterns.examples().get(i).pattern();
                    put(all, patterns.name() + "/" + i, tensor(pattern, true));
                }
            } else if (artifact instanceof TokenText text) {
                for (int i = 0; i < text.passages().size(); i++) {
                    double[] values = text.passages().get(i).tokens().stream()
                            .mapToDouble(TokenText.Token::value)
                            .toArray();
                    put(all, text.name() + "/" + i, new Tensor(new long[] {values.length}, values, false));
                }
            } else if (artifact instanceof TokenRankings rankings) {
                addRankings(all, rankings);
            }
        }
        return Collections.unmodifiableSortedMap(all);
    }

    private static void addRankings(SortedMap<String, Tensor> all, TokenRankings rankings) {
        for (int i = 0; i < rankings.rankings().size(); i++) {
            double[] values = rankings.rankings().get(i).groups().stream()
                    .flatMap(group -> group.entries().stream())
                    .flatMap(entry -> entry.values().stream())
                    .mapToDouble(value -> value)
                    .toArray();
            int columns = rankings.columns().size();
            long[] shape = {columns == 0 ? 0 : values.length / columns, columns};
            put(all, rankings.name() + "/" + i, new Tensor(shape, values, false));
        }
    }

    private static void addQuantity(SortedMap<String, Tensor> all, Quantity quantity, int most) {
        boolean only = quantity.estimate().data().length > most;
        put(all, quantity.name(), tensor(quantity.estimate(), only));
        Interval interval = quantity.interval();
        if (interval != null) {
            put(all, quantity.name() + "/low", tensor(interval.low(), only));
            put(all, quantity.name() + "/high", tensor(interval.high(), only));
        }
        NullBand chance = quantity.chance();
        if (chance != null) {
            double[] draws = chance.draws();
            put(all, quantity.name() + "/null", new Tensor(new long[] {draws.length}, draws, false));
        }
    }

    private static Tensor tensor(NamedArray array, boolean only) {
        long[] shape = array.axes().stream().mapToLong(Axis::size).toArray();
        return new Tensor(shape, array.data(), only && !fitsFloat(array.data()));
    }

    private static boolean fitsFloat(double[] values) {
        return Arrays.stream(values).allMatch(v -> Double.compare((float) v, v) == 0);
    }

    private static void put(SortedMap<String, Tensor> all, String name, Tensor tensor) {
        if (all.put(name, tensor) != null) {
            throw new IllegalArgumentException("two results of one run are stored under the name '" + name + "'");
        }
    }
}
