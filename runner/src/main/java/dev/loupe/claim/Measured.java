package dev.loupe.claim;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.sample.ExactSample;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.Sample;
import dev.loupe.result.sample.Stacked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One measurement of one model, as claims see it: an estimate, its bootstrap replicates and its null. */
public final class Measured {
    private static final int CACHED_NUMBERS = 4_000_000;

    private final NamedArray estimate;
    private final @Nullable Sample sample;
    private final @Nullable NullBand chance;
    private final Map<Integer, NamedArray> replicates = new HashMap<>();

    private final String undefined;

    public Measured(NamedArray estimate, @Nullable Sample sample, @Nullable NullBand chance) {
        this(estimate, sample, chance, "");
    }

    private Measured(NamedArray estimate, @Nullable Sample sample, @Nullable NullBand chance, String undefined) {
        this.undefined = undefined;
        this.estimate = estimate;
        this.sample = sample;
        this.chance = chance;
    }

    public NamedArray estimate() {
        return estimate;
    }

    public @Nullable NullBand chance() {
        return chance;
    }

    /** Its rows, null where the number is exact. */
    public @Nullable Sample sample() {
        return sample;
    }

    /** Whether rows were sampled; an exact number has no interval. */
    public boolean sampled() {
        return sample != null;
    }

    /** Replicate {@code b} of the bootstrap, the estimate itself for {@code b = -1} or where the numbers are exact. */
    public NamedArray replicate(Resampling resampling, int b) {
        Sample rows = sample;
        if (rows == null || b < 0) {
            return estimate;
        }
        if ((long) estimate.data().length * resampling.times() > CACHED_NUMBERS) {
            return rows.replicate(resampling, b);
        }
        return replicates.computeIfAbsent(b, k -> rows.replicate(resampling, k));
    }

    /** The measurement at one label of one axis. */
    public Measured at(String axis, int index) {
        Sample rows = sample;
        return new Measured(estimate.at(axis, index), rows == null ? null : rows.at(axis, index), chance, undefined);
    }

    /** The same with a reason why it is undefined, empty where it is defined. */
    public Measured because(String reason) {
        return new Measured(estimate, sample, chance, reason);
    }

    /**
     * The measurements of several models as one.
     *
     * @param leading the axes that the models form
     * @param models one for each combination of their labels, the last axis fastest
     */
    public static Measured stacked(List<Axis> leading, List<Measured> models) {
        boolean sampled = models.stream().anyMatch(Measured::sampled);
        List<Sample> samples = models.stream().map(Measured::asSample).toList();
        return new Measured(
                NamedArray.stack(
                        leading, models.stream().map(Measured::estimate).toList()),
                sampled ? new Stacked(leading, samples) : null,
                NullBand.together(models.stream().map(Measured::chance).toList()),
                models.stream()
                        .map(Measured::undefined)
                        .filter(why -> !why.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    /** Its rows; exact numbers stay what they are in every resample. */
    public Sample asSample() {
        return sample == null ? new ExactSample(estimate) : sample;
    }

    /** Why there was nothing to measure; empty where there was. */
    public String undefined() {
        return undefined;
    }
}
