package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** Random directions in place of differences of activations. */
@Named("random-directions")
@Doc("The same estimate with the difference between the two runs replaced everywhere by a random direction "
        + "of equal norm: the remaining effect depends on the norm of the difference only. The statistic is the "
        + "same as for `untrained`. For gradient-based attribution.")
@Example("{random-directions: {times: 20, seed: 5}}")
public record RandomDirectionsNull(
        @Doc("Number of draws.") int times,

        @Doc("Seed of the first; each further one adds 1.") long seed) implements NullChoice {
    public RandomDirectionsNull {
        NullChoice.limited(times, "draws");
    }

    @Override
    public int draws() {
        return times;
    }

    @Override
    public <C> C drawn(NullChanges<C> possible, long first) {
        return possible.redrawn(Redrawn.DIRECTIONS, first);
    }

    @Override
    public boolean changesWeights() {
        return false;
    }

    @Override
    public void check(Analysis analysis) {
        NullChoice.only(analysis.estimates(), "random-directions", "gradient-based attribution");
    }

    @Override
    public String words(int number) {
        return number + " draws of random directions with the norms of the differences";
    }
}
