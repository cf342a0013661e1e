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
    @Doc("The same measurement on models of the same architecture with random weights. The statistic is the "
            + "largest number over all components, or the smallest or the largest absolute value, as `null-side` says.")
    @Example("{untrained: {instances: 20, seed: 3}}")
    record Untrained(
            @Doc("Number of models.") int instances,

            @Doc("Seed of the first; each further one adds 1.")
            long seed) implements NullChoice {
        public Untrained {
            if (instances < 2 || instances > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 instances, not " + instances);
            }
        }
    }

    /** Shuffled rows. */
    @Named("shuffled-tokens")
    @Doc("The same measurement on the same model with the tokens of each row shuffled. The statistic is the same as "
            + "for `untrained`.")
    @Example("{shuffled-tokens: {times: 20, seed: 5}}")
    record ShuffledTokens(
            @Doc("Number of shuffles.") int times,

            @Doc("Seed of the first; each further one adds 1.")
            long seed) implements NullChoice {
        public ShuffledTokens {
            if (times < 2 || times > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 shuffles, not " + times);
            }
        }
    }

    /** Patterns exchanged between rows: a permutation null. */
    @Named("other-rows")
    @Doc("The same measurement with the attention patterns of each row replaced by the patterns of another row "
            + "(a random permutation): the remaining effect does not depend on attention to the tokens of the row. "
            + "The statistic is the same as for `untrained`. A purely positional score, such as PREV, does not change.")
    @Example("{other-rows: {times: 20, seed: 5}}")
    record OtherRows(
            @Doc("Number of permutations.") int times,

            @Doc("Seed of the first; each further one adds 1.")
            long seed) implements NullChoice {
        public OtherRows {
            if (times < 2 || times > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 permutations, not " + times);
            }
        }
    }

    /** Random directions in place of differences of activations. */
    @Named("random-directions")
    @Doc("The same estimate with the difference between the two runs replaced everywhere by a random direction "
            + "of equal norm: the remaining effect depends on the norm of the difference only. The statistic is the "
            + "same as for `untrained`. For gradient-based attribution.")
    @Example("{random-directions: {times: 20, seed: 5}}")
    record RandomDirections(
            @Doc("Number of draws.") int times,

            @Doc("Seed of the first; each further one adds 1.")
            long seed) implements NullChoice {
        public RandomDirections {
            if (times < 2 || times > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 draws, not " + times);
            }
        }
    }

    /** Circuits of any edges in place of the one that was found. */
    @Named("random-circuits")
    @Doc("The same number for random circuits with the same number of edges as the pruned circuit. For "
            + "`prune-edges` with `show: faithfulness`.")
    @Example("{random-circuits: {times: 20, seed: 5}}")
    record RandomCircuits(
            @Doc("Number of circuits.") int times,

            @Doc("Seed of the first; each further one adds 1.")
            long seed) implements NullChoice {
        public RandomCircuits {
            if (times < 2 || times > 1000) {
                throw new IllegalArgumentException("a null needs 2 to 1000 circuits, not " + times);
            }
        }
    }
}
