package dev.loupe.claim;

import dev.loupe.result.NamedArray;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Whether a measurement finds what another one picked. */
@Named("overlap")
@Doc("Of the n components where the first measurement is not 0, the share that is among the n largest magnitudes "
        + "of the second. Both have the same axes. A random choice of n from N components would give n / N.")
@Example("{overlap: [circuit.kept, eap.estimate]}")
public record Overlap(
        @Doc("The selection, such as `circuit.kept`, and the ranking, such as `eap.estimate`.") @NameOf("measure")
        List<String> overlap)
        implements Expression {
    public Overlap {
        overlap = List.copyOf(overlap);
        if (overlap.size() != 2) {
            throw new IllegalArgumentException("`overlap` takes two measurements, not " + overlap.size());
        }
    }

    @Override
    public double value(Findings findings, int b) {
        NamedArray picked = findings.get(overlap.get(0)).replicate(findings.resampling(), b);
        NamedArray ranks = findings.get(overlap.get(1)).replicate(findings.resampling(), b);
        if (!picked.axes().equals(ranks.axes())) {
            throw new IllegalArgumentException(
                    "`" + overlap.get(0) + "` has " + NamedArray.describe(picked.axes()) + ", `" + overlap.get(1) + "` "
                            + NamedArray.describe(ranks.axes()) + ": both must have the same components");
        }
        double[] rank = ranks.data();
        int[] chosen = IntStream.range(0, picked.data().length)
                .filter(i -> picked.data()[i] != 0 && !Double.isNaN(picked.data()[i]))
                .toArray();
        int[] largest = IntStream.range(0, rank.length)
                .filter(i -> !Double.isNaN(rank[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(rank[i])))
                .limit(chosen.length)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        long both = Arrays.stream(chosen)
                .filter(i -> Arrays.binarySearch(largest, i) >= 0)
                .count();
        return chosen.length == 0 ? Double.NaN : both / (double) chosen.length;
    }

    @Override
    public Set<String> axes() {
        return Set.of();
    }

    @Override
    public List<String> references() {
        return overlap;
    }
}
