package dev.loupe.spec;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/** A null for a search over components. */
public sealed interface NullChoice
        permits NullChoice.Untrained,
                NullChoice.ShuffledTokens,
                NullChoice.OtherRows,
                NullChoice.RandomDirections,
                NullChoice.RandomCircuits {
    /** Untrained models. */
    @Named("untrained")
    @Doc(
            "The same measurement on models of the same architecture with fresh random weights; its statistic is the largest"
                    + " number over all components, or the smallest or the largest in size as `null-side` says.")
    @Example("{untrained: {instances: 20, seed: 3}}")
    record Untrained(
            @Doc("How many models.") int instances,

            @Doc("Seed of the first; the next ones count up.")
            long seed) implements NullChoice {
        public Untrained {
            if (instances < 2 || instances > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 instances, not " + instances);
            }
        }
    }

    /** Shuffled rows. */
    @Named("shuffled-tokens")
    @Doc("The same measurement on the same model with each row's tokens in a random order;"
            + " its statistic is that of `untrained`.")
    @Example("{shuffled-tokens: {times: 20, seed: 5}}")
    record ShuffledTokens(
            @Doc("How many shuffles.") int times,

            @Doc("Seed of the first; the next ones count up.")
            long seed) implements NullChoice {
        public ShuffledTokens {
            if (times < 2 || times > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 shuffles, not " + times);
            }
        }
    }

    /** Patterns exchanged between rows: a permutation null. */
    @Named("other-rows")
    @Doc(
            "The same measurement with each row's attention patterns replaced by those of another row, drawn by a permutation:"
                    + " what is left does not come from attention to this row's own tokens. Its statistic is that of `untrained`."
                    + " A score of position alone, such as PREV, does not change under it.")
    @Example("{other-rows: {times: 20, seed: 5}}")
    record OtherRows(
            @Doc("How many permutations.") int times,

            @Doc("Seed of the first; the next ones count up.")
            long seed) implements NullChoice {
        public OtherRows {
            if (times < 2 || times > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 permutations, not " + times);
            }
        }
    }

    /** Random directions in place of differences of activations. */
    @Named("random-directions")
    @Doc(
            "The same estimate with the difference between the two runs replaced, at every place, by a random direction of equal"
                    + " norm: what is left comes from the size of a difference and not from what it says. Its statistic is that"
                    + " of `untrained`. For attribution by gradients.")
    @Example("{random-directions: {times: 20, seed: 5}}")
    record RandomDirections(
            @Doc("How many draws.") int times,

            @Doc("Seed of the first; the next ones count up.")
            long seed) implements NullChoice {
        public RandomDirections {
            if (times < 2 || times > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 draws, not " + times);
            }
        }
    }

    /** Circuits of any edges in place of the one that was found. */
    @Named("random-circuits")
    @Doc("The same number for circuits of as many edges drawn at random, instead of the circuit that pruning left."
            + " For `prune-edges` with `show: faithfulness`.")
    @Example("{random-circuits: {times: 20, seed: 5}}")
    record RandomCircuits(
            @Doc("How many circuits.") int times,

            @Doc("Seed of the first; the next ones count up.")
            long seed) implements NullChoice {
        public RandomCircuits {
            if (times < 2 || times > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 circuits, not " + times);
            }
        }
    }
}
