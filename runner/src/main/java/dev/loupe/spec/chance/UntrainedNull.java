package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** Untrained models. */
@Named("untrained")
@Doc("The same measurement on models of the same architecture with random weights. The statistic is the "
        + "largest number over all components, or the smallest or the largest absolute value, as `chance-side` says.")
@Example("{untrained: {instances: 20, seed: 3}}")
public record UntrainedNull(
        @Doc("Number of models.") int instances,

        @Doc("Seed of the first; each further one adds 1.") long seed) implements NullChoice {
    public UntrainedNull {
        NullChoice.limited(instances, "instances");
    }

    @Override
    public int draws() {
        return instances;
    }

    @Override
    public <C> C drawn(NullChanges<C> possible, long first) {
        return possible.untrained(first);
    }

    @Override
    public boolean changesWeights() {
        return true;
    }

    @Override
    public void check(Analysis analysis) {
        // Any measurement can be made on another model.
    }

    @Override
    public String words(int number) {
        return number + " untrained models";
    }

    @Override
    public String joint() {
        return "of";
    }
}
