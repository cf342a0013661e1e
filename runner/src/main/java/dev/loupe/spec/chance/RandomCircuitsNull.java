package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** Circuits of any edges in place of the one that was found. */
@Named("random-circuits")
@Doc("The same number for random circuits with the same number of edges as the pruned circuit, "
        + "drawn from those that were tried. For `prune-edges` with `show: faithfulness`.")
@Example("{random-circuits: {times: 20, seed: 5}}")
public record RandomCircuitsNull(
        @Doc("Number of circuits.") int times,

        @Doc("Seed of the first; each further one adds 1.") long seed) implements NullChoice {
    public RandomCircuitsNull {
        NullChoice.limited(times, "circuits");
    }

    @Override
    public int draws() {
        return times;
    }

    @Override
    public <C> C drawn(NullChanges<C> possible, long first) {
        return possible.redrawn(Redrawn.CIRCUIT, first);
    }

    @Override
    public boolean changesWeights() {
        return false;
    }

    @Override
    public void check(Analysis analysis) {
        NullChoice.only(analysis.comparesCircuits(), "random-circuits", "`prune-edges` with `show: faithfulness`");
    }

    @Override
    public String words(int number) {
        return number + " random circuits with the same number of edges";
    }

    @Override
    public String joint() {
        return "of";
    }
}
