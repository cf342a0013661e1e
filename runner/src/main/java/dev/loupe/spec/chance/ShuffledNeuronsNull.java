package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.analysis.weights.ReadWrite;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** Neurons that write what others of their layer write. */
@Named("shuffled-neurons")
@Doc("The same cosines with the output weights of each layer's neurons in a random order: what is left does not depend "
        + "on what a neuron itself writes. The statistic is the same as for `untrained`. For `read-write`.")
@Example("{shuffled-neurons: {times: 20, seed: 5}}")
public record ShuffledNeuronsNull(
        @Doc("Number of shuffles.") int times,

        @Doc("Seed of the first; each further one adds 1.") long seed) implements NullChoice {
    public ShuffledNeuronsNull {
        NullChoice.limited(times, "shuffles");
    }

    @Override
    public int draws() {
        return times;
    }

    @Override
    public <C> C drawn(NullChanges<C> possible, long first) {
        return possible.redrawn(Redrawn.PAIRING, first);
    }

    @Override
    public boolean changesWeights() {
        return true;
    }

    @Override
    public void check(Analysis analysis) {
        NullChoice.only(analysis instanceof ReadWrite, "shuffled-neurons", "`read-write`");
    }

    @Override
    public String words(int number) {
        return number + " shuffles of each layer's output weights among its neurons";
    }
}
