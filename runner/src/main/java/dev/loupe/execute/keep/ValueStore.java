package dev.loupe.execute.keep;

import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue;
import java.util.Optional;

/**
 * Values of finished steps, and of finished shards of the others, by the content of everything they depend on, so that a
 * killed run picks up where it stopped.
 */
public interface ValueStore {
    Optional<StepValue> find(String key);

    /** Whether {@link #find} would find it, without reading its numbers. */
    default boolean has(String key) {
        return find(key).isPresent();
    }

    /** Keeps the value of a finished step, which makes its parts needless. */
    void store(String key, StepValue value);

    /** How much may be kept of what runs end in; nothing where no later run reads it. */
    default Room room() {
        return Room.NONE;
    }

    /** What a finished shard of a step that is not finished gave. */
    default Optional<Part> part(String key, String shard) {
        return Optional.empty();
    }

    /** Keeps what a finished shard gave, soon if not at once. */
    default void keep(String key, String shard, Part part) {}

    /** For the small plans of one step, whose values are needless when the run is over. */
    default ValueStore within() {
        return this;
    }

    /** Keeps nothing. */
    static ValueStore none() {
        return new ValueStore() {
            @Override
            public Optional<StepValue> find(String key) {
                return Optional.empty();
            }

            @Override
            public void store(String key, StepValue value) {}
        };
    }
}
