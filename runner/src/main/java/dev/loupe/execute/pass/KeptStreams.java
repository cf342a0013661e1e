package dev.loupe.execute.pass;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.plan.ExecutionPlan;

/** The residual streams that runs of a plan end in and that their blocks begin with, as far as a store has room for them. */
public record KeptStreams(RunEnds ends, RunStarts starts) {
    public static KeptStreams of(ExecutionPlan plan, ValueStore store) {
        RunEnds ends = RunEnds.of(plan, store);
        return new KeptStreams(ends, RunStarts.of(plan, store, store.room().without(ends.bytes())));
    }

    /** Keeps nothing and knows nothing. */
    static KeptStreams none() {
        return new KeptStreams(RunEnds.none(), RunStarts.none());
    }

    /** About how many bytes they take. */
    public long bytes() {
        return ends.bytes() + starts.bytes();
    }
}
