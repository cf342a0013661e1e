package dev.loupe.spec;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.output.Apply;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;

/**
 * A null for a search over components: the same measurement, drawn several times with something changed. It says itself what
 * it changes, which measurements it is a null of and how it is told.
 */
public sealed interface NullChoice
        permits NullChoice.Untrained,
                NullChoice.ShuffledTokens,
                NullChoice.OtherRows,
                NullChoice.RandomDirections,
                NullChoice.RandomCircuits {
    /** How many draws. */
    int draws();

    /** Seed of the first draw; the next ones count up. */
    long seed();

    /** What one draw changes. */
    <C> C drawn(NullChanges<C> possible, long seed);

    /** Whether it changes weights, and so is a null also of what reads no rows. */
    boolean changesWeights();

    /**
     * Refuses measurements that it is no null of.
     *
     * @throws IllegalArgumentException which says why
     */
    void check(Analysis analysis);

    /**
     * What the draws are, in words that follow "of" or "in".
     *
     * @param number how many there are
     */
    String words(int number);

    /** What stands between an extreme over components and the draws that it was taken in. */
    String joint();

    private static void limited(int draws, String what) {
        if (draws < 2 || draws > 1000) {
            throw new IllegalArgumentException("a null needs 2 to 1000 " + what + ", not " + draws);
        }
    }

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
            limited(instances, "instances");
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
            limited(times, "shuffles");
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

        @Override
        public String joint() {
            return "in";
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
            limited(times, "permutations");
        }

        @Override
        public int draws() {
            return times;
        }

        @Override
        public <C> C drawn(NullChanges<C> possible, long first) {
            return possible.patternsOfOtherRows(first);
        }

        @Override
        public boolean changesWeights() {
            return false;
        }

        @Override
        public void check(Analysis analysis) {
            if (analysis instanceof Apply || analysis.estimates()) {
                throw new IllegalArgumentException(
                        "`other-rows` is a null of what is read from unedited runs; this measurement compares two");
            }
        }

        @Override
        public String words(int number) {
            return number + " permutations of which row's attention patterns a row gets";
        }

        @Override
        public String joint() {
            return "in";
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
            limited(times, "draws");
        }

        @Override
        public int draws() {
            return times;
        }

        @Override
        public <C> C drawn(NullChanges<C> possible, long first) {
            return possible.randomDirections(first);
        }

        @Override
        public boolean changesWeights() {
            return false;
        }

        @Override
        public void check(Analysis analysis) {
            if (!analysis.estimates()) {
                throw new IllegalArgumentException(
                        "`random-directions` is a null of attribution by gradients; take another");
            }
        }

        @Override
        public String words(int number) {
            return number + " draws of random directions of the differences' norms";
        }

        @Override
        public String joint() {
            return "in";
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
            limited(times, "circuits");
        }

        @Override
        public int draws() {
            return times;
        }

        @Override
        public <C> C drawn(NullChanges<C> possible, long first) {
            return possible.randomCircuit(first);
        }

        @Override
        public boolean changesWeights() {
            return false;
        }

        @Override
        public void check(Analysis analysis) {
            if (!analysis.comparesCircuits()) {
                throw new IllegalArgumentException(
                        "`random-circuits` is a null of `prune-edges` with `show: faithfulness`; take another");
            }
        }

        @Override
        public String words(int number) {
            return number + " circuits of as many edges drawn at random";
        }

        @Override
        public String joint() {
            return "of";
        }
    }
}
