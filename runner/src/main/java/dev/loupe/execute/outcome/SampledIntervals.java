package dev.loupe.execute.outcome;

import dev.loupe.claim.Measured;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.Sample;
import dev.loupe.result.store.Resamples;
import java.util.ArrayList;
import java.util.List;
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

    /** The interval of a result, its models' axes first; null where the numbers are exact. */
    @Nullable
    Interval of(String name, MeasuredFamily part, Resampling resampling) {
        if (part.values().stream().noneMatch(Measured::sampled)) {
            return null;
        }
        // A result may be exact in one of several models, most often because it is undefined there.
        List<Sample> samples = part.values().stream().map(Measured::asSample).toList();
        int numbers = samples.stream()
                .mapToInt(sample -> NamedArray.sizeOf(sample.axes()))
                .sum();
        List<Interval> intervals = new ArrayList<>();
        if (Resamples.keeps(numbers, resampling)) {
            List<List<NamedArray>> draws =
                    samples.stream().map(resampling::draws).toList();
            for (int i = 0; i < draws.size(); i++) {
                intervals.add(resampling.interval(draws.get(i), samples.get(i).rows()));
            }
            resamples.put(name, joined(part, draws, resampling.times()));
        } else {
            samples.forEach(sample -> intervals.add(sample.interval(resampling)));
        }
        return new Interval(
                part.stacked(intervals.stream().map(Interval::low).toList()),
                part.stacked(intervals.stream().map(Interval::high).toList()),
                resampling.level(),
                resampling.method(),
                samples.stream().mapToInt(Sample::rows).min().orElse(0));
    }

    private static float[] joined(MeasuredFamily part, List<List<NamedArray>> draws, int times) {
        return Resamples.joined(IntStream.range(0, times)
                .mapToObj(b ->
                        part.stacked(draws.stream().map(each -> each.get(b)).toList()))
                .toList());
    }
}
