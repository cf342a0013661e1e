package dev.loupe.execute.keep;

import dev.loupe.metric.reading.Part;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The finished shards of the steps of one plan.
 *
 * @param keys what names each step, by its id
 * @param wanted the shards that are to be made where they are not there
 */
public record Parts(ValueStore store, Map<Integer, String> keys, Wanted wanted) {
    /** All shards. */
    public Parts(ValueStore store, Map<Integer, String> keys) {
        this(store, keys, Wanted.EVERYTHING);
    }

    /**
     * What a shard gave a step.
     *
     * @param run which of the runs that the step reads
     * @return null where it has to be run
     */
    @Nullable
    public Part find(int step, int run, Shard shard) {
        return store.part(key(step), name(run, shard)).orElse(null);
    }

    public void keep(int step, int run, Shard shard, Part part) {
        store.keep(key(step), name(run, shard), part);
    }

    private static String name(int run, Shard shard) {
        return run + "." + shard.name();
    }

    private String key(int step) {
        return Objects.requireNonNull(keys.get(step));
    }
}
