package dev.loupe.claim;

import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Resampling;
import dev.loupe.result.RowTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One measurement of one model, as claims see it: an estimate, its bootstrap replicates and its null. */
public final class Measured {
    private static final int CACHED_NUMBERS = 4_000_000;

    private final NamedArray estimate;
    private final @Nullable RowTable table;
    private final @Nullable NullBand chance;
    private final Map<Integer, NamedArray> replicates = new HashMap<>();

    private final String undefined;

    public Measured(NamedArray estimate, @Nullable RowTable table, @Nullable NullBand chance) {
        this(estimate, table, chance, "");
    }

    private Measured(NamedArray estimate, @Nullable RowTable table, @Nullable NullBand chance, String undefined) {
        this.undefined = undefined;
        this.estimate = estimate;
        this.table = table;
        this.chance = chance;
    }

    public NamedArray estimate() {
        return estimate;
    }

    public @Nullable NullBand chance() {
        return chance;
    }

    /** Its rows, null where the number is exact. */
    public @Nullable RowTable table() {
        return table;
    }

    /** Whether rows were sampled; an exact number has no interval. */
    public boolean sampled() {
        return table != null;
    }

    /** Replicate {@code b} of the bootstrap, the estimate itself for {@code b = -1} or where the numbers are exact. */
    public NamedArray replicate(Resampling resampling, int b) {
        RowTable rows = table;
        if (rows == null || b < 0) {
            return estimate;
        }
        if ((long) rows.width() * resampling.times() > CACHED_NUMBERS) {
            return rows.weighted(resampling.weights(rows.rows(), b));
        }
        return replicates.computeIfAbsent(b, k -> rows.weighted(resampling.weights(rows.rows(), k)));
    }

    /** The measurement at one label of one axis. */
    public Measured at(String axis, int index) {
        RowTable rows = table;
        return new Measured(estimate.at(axis, index), rows == null ? null : rows.at(axis, index), chance, undefined);
    }

    /** The same with a reason why it is undefined, empty where it is defined. */
    public Measured because(String reason) {
        return new Measured(estimate, table, chance, reason);
    }

    /** Why there was nothing to measure; empty where there was. */
    public String undefined() {
        return undefined;
    }
}
