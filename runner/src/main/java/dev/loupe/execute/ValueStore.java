package dev.loupe.execute;

import dev.loupe.metric.StepValue;
import java.util.Optional;

/** Values of finished steps by the content of everything they depend on, so that a killed run picks up where it stopped. */
interface ValueStore {
    Optional<StepValue> find(String key);

    void store(String key, StepValue value);

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
