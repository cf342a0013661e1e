package dev.loupe.execute.outcome;

import dev.loupe.claim.Measured;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Resampling;
import dev.loupe.result.Sample;
import dev.loupe.result.store.Resamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Intervals of results that were read from rows, and the numbers on each resample where they are not too many to keep. */
final class SampledIntervals {
    private final SortedMap<String, float[]> resamples = new TreeMap<>();

    /** By result, [draw, number]. */
    SortedMap<String, float[]> resamples() {
        return resamples;
    }

    /**
     * The interval of a result, its models' axes first; null where the numbers are exact. A model of several whose numbers
     * alone are exact, most often because they are undefined there, has them as both ends.
     */
    @Nullable Interval of(String name, MeasuredFamily part, Resampling resampling) {
        List<Sample> samples =
                part.values().stream().map(Measured::sample).filter(Objects::nonNull).toList();
        if (samples.isEmpty()) {
            return null;
        }
        int numbers = part.values().stream()
                .mapToInt(unit -> NamedArray.sizeOf(unit.estimate().axes()))
                .sum();
        boolean keeps = Resamples.keeps(numbers, resampling);
        List<NamedArray> lows = new ArrayList<>();
        List<NamedArray> highs = new ArrayList<>();
        List<List<NamedArray>> draws = new ArrayList<>();
        for (Measured unit : part.values()) {
            Sample sample = unit.sample();
            if (sample == null) {
                lows.add(unit.estimate());
                highs.add(unit.estimate());
                draws.add(Collections.nCopies(resampling.times(), unit.estimate()));
                continue;
            }
            List<NamedArray> drawn = keeps ? resampling.draws(sample) : List.of();
            Interval interval =
                    keeps ? resampling.interval(drawn, sample.rows()) : sample.interval(resampling);
            lows.add(interval.low());
            highs.add(interval.high());
            draws.add(drawn);
        }
        if (keeps) {
            resamples.put(name, joined(part, draws, resampling.times()));
        }
        return new Interval(
                part.stacked(lows),
                part.stacked(highs),
                resampling.level(),
                resampling.method(),
                samples.get(samples.size() - 1).rows());
    }

    private static float[] joined(MeasuredFamily part, List<List<NamedArray>> draws, int times) {
        return Resamples.joined(IntStream.range(0, times)
                .mapToObj(b ->
                        part.stacked(draws.stream().map(each -> each.get(b)).toList()))
                .toList());
    }
}
