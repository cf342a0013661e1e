package dev.loupe.result.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quantity in results.json. Numbers are row-major, and null where results.safetensors alone holds them.
 *
 * @param setting absent where nothing is known of it
 * @param interval absent where the number is exact
 * @param chance absent where nothing was searched
 */
record StoredQuantity(
        String name,
        String title,
        String doc,
        Figure figure,
        String unit,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Setting setting,
        List<Axis> axes,
        double @Nullable [] values,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Interval interval,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("null") @Nullable
        Chance chance)
        implements StoredMeasurement {
    /** An interval beside every number. */
    record Interval(double level, String method, int n, double @Nullable [] low, double @Nullable [] high) {}

    /**
     * What chance alone gives. Its edge follows from the draws and is said for readers of the file.
     *
     * @param side absent in files that are older than sides, where a find stood above
     */
    record Chance(
            String method,
            @Nullable Side side,
            @Nullable Double edge,
            @Nullable Boolean edgeIsPercentile,
            double[] draws) {}

    /** @param most so many numbers of a measurement are written here; more are left to the tensors */
    static StoredQuantity of(Quantity from, int most) {
        dev.loupe.result.Interval ends = from.interval();
        NullBand band = from.chance();
        return new StoredQuantity(
                from.name(),
                from.title(),
                from.doc(),
                from.figure(),
                from.unit(),
                from.setting().equals(Setting.UNKNOWN) ? null : from.setting(),
                from.estimate().axes(),
                numbers(from.estimate(), most),
                ends == null
                        ? null
                        : new Interval(
                                ends.level(),
                                ends.method(),
                                ends.n(),
                                numbers(ends.low(), most),
                                numbers(ends.high(), most)),
                band == null
                        ? null
                        : new Chance(band.method(), band.side(), band.edge(), band.percentile(), band.draws()));
    }

    @Override
    public Artifact artifact(StoredNumbers tensors) {
        return new Quantity(
                name,
                title,
                doc,
                figure,
                unit,
                array(values, name, tensors),
                interval == null
                        ? null
                        : new dev.loupe.result.Interval(
                                array(interval.low(), name + "/low", tensors),
                                array(interval.high(), name + "/high", tensors),
                                interval.level(),
                                interval.method(),
                                interval.n()),
                chance == null
                        ? null
                        : new NullBand(
                                chance.method(), chance.draws(), chance.side() == null ? Side.HIGHER : chance.side()),
                setting == null ? Setting.UNKNOWN : setting);
    }

    private static double @Nullable [] numbers(NamedArray array, int most) {
        return array.data().length <= most ? array.data() : null;
    }

    private NamedArray array(double @Nullable [] numbers, String tensor, StoredNumbers tensors) {
        return new NamedArray(axes, numbers == null ? tensors.read(tensor, NamedArray.sizeOf(axes)) : numbers);
    }
}
