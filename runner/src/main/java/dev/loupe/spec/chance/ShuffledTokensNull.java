package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** Shuffled rows. */
@Named("shuffled-tokens")
@Doc("The same measurement on the same model with the tokens of each row shuffled. The statistic is the same as "
        + "for `untrained`.")
@Example("{shuffled-tokens: {times: 20, seed: 5}}")
public record ShuffledTokensNull(
        @Doc("Number of shuffles.") int times,

        @Doc("Seed of the first; each further one adds 1.") long seed) implements NullChoice {
    public ShuffledTokensNull {
        NullChoice.limited(times, "shuffles");
    }

    @Override
    public int draws() {
        return times;
    }

    @Override
    public <C> C drawn(NullChanges<C> possible, long first) {
        return possible.shuffledTokens(first);
    }

    @Override
    public boolean changesWeights() {
        return false;
    }

    @Override
    public void check(Analysis analysis) {
        // Whatever reads rows can read shuffled ones.
    }

    @Override
    public String words(int number) {
        return number + " shuffles of each row's tokens";
    }
}
