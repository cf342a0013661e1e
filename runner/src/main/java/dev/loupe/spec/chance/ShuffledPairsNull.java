package dev.loupe.spec.chance;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.neurons.Contrast;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** Words of crossed prompts that no longer belong together. */
@Named("shuffled-pairs")
@Doc(
        "The same contrast with the words of the second factor exchanged between groups at random, so that they no longer "
                + "belong to the words of the first. The statistic is the same as for `untrained`. For `contrast` of two factors.")
@Example("{shuffled-pairs: {times: 20, seed: 5}}")
public record ShuffledPairsNull(
        @Doc("Number of shuffles.") int times,

        @Doc("Seed of the first; each further one adds 1.") long seed) implements NullChoice {
    public ShuffledPairsNull {
        NullChoice.limited(times, "shuffles");
    }

    @Override
    public int draws() {
        return times;
    }

    @Override
    public <C> C drawn(NullChanges<C> possible, long first) {
        return possible.shuffledPairs(first);
    }

    @Override
    public boolean changesWeights() {
        return false;
    }

    @Override
    public void check(Analysis analysis) {
        NullChoice.only(
                analysis instanceof Contrast contrast && contrast.factors().size() == 2,
                "shuffled-pairs",
                "`contrast` of two factors");
    }

    @Override
    public String words(int number) {
        return number + " shuffles of the second factor's words between groups";
    }
}
