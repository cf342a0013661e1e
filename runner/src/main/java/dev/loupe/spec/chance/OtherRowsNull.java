package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.output.Apply;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** Patterns exchanged between rows: a permutation null. */
@Named("other-rows")
@Doc("The same measurement with the attention patterns of each row replaced by the patterns of another row "
        + "(a random permutation): the remaining effect does not depend on attention to the tokens of the row. "
        + "The statistic is the same as for `untrained`. A purely positional score, such as PREV, does not change.")
@Example("{other-rows: {times: 20, seed: 5}}")
public record OtherRowsNull(
        @Doc("Number of permutations.") int times,

        @Doc("Seed of the first; each further one adds 1.") long seed) implements NullChoice {
    public OtherRowsNull {
        NullChoice.limited(times, "permutations");
    }

    @Override
    public int draws() {
        return times;
    }

    @Override
    public <C> C drawn(NullChanges<C> possible, long first) {
        return possible.redrawn(Redrawn.PATTERNS, first);
    }

    @Override
    public boolean changesWeights() {
        return false;
    }

    @Override
    public void check(Analysis analysis) {
        if (analysis instanceof Apply || analysis.estimates()) {
            throw new IllegalArgumentException(
                    "`other-rows` is a null for measurements of unedited runs, but this measurement compares "
                            + "two runs");
        }
    }

    @Override
    public String words(int number) {
        return number + " permutations of attention patterns between rows";
    }
}
