package dev.loupe.spec;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import dev.loupe.analysis.neurons.Contrast;
import dev.loupe.analysis.output.Apply;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.analysis.weights.ReadWrite;
import dev.loupe.schema.annotation.Default;
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
                NullChoice.ShuffledTargets,
                NullChoice.OtherRows,
                NullChoice.RandomDirections,
                NullChoice.RandomCircuits,
                NullChoice.ShuffledNeurons,
                NullChoice.ShuffledPairs {
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
            "The same measurement on models of the same architecture with random weights. The statistic is the "
                    + "largest number over all components, or the smallest or the largest absolute value, as `chance-side` says.")
    @Example("{untrained: {instances: 20, seed: 3}}")
    record Untrained(
            @Doc("Number of models.") int instances,

            @Doc("Seed of the first; each further one adds 1.")
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
    @Doc("The same measurement on the same model with the tokens of each row shuffled. The statistic is the same as "
            + "for `untrained`.")
    @Example("{shuffled-tokens: {times: 20, seed: 5}}")
    record ShuffledTokens(
            @Doc("Number of shuffles.") int times,

            @Doc("Seed of the first; each further one adds 1.")
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

    /** Targets exchanged between queries: a permutation null. */
    @Named("shuffled-targets")
    @Doc("The same measurement on the same model with the positions that labels point to in another random order, no "
            + "query pointing behind itself: what is left does not depend on which target belongs to which query. "
            + "The statistic is the same as for `untrained`. For `target-scores` of a pointer.")
    @Example("{shuffled-targets: {times: 20, seed: 5}}")
    record ShuffledTargets(
            @Doc("Number of shuffles.") int times,

            @Doc("Seed of the first; each further one adds 1.")
            long seed,

            @Default("row") @Doc("Where a query's new target is from.")
            From from)
            implements NullChoice {
        /** Where a query's new target is from. */
        public enum From {
            @Doc("Another query of the same row.")
            ROW,
            @Doc("The same query of another row of equal length: what is left depends on positions alone.")
            OTHER_ROWS
        }

        public ShuffledTargets {
            limited(times, "shuffles");
        }

        @Override
        public int draws() {
            return times;
        }

        @Override
        public <C> C drawn(NullChanges<C> possible, long first) {
            return possible.shuffledTargets(first, from == From.OTHER_ROWS);
        }

        @Override
        public boolean changesWeights() {
            return false;
        }

        @Override
        public void check(Analysis analysis) {
            if (!(analysis instanceof TargetScores scores && scores.target() instanceof TargetChoice.Pointer)) {
                throw new IllegalArgumentException(
                        "`shuffled-targets` is a null for `target-scores` of a pointer; use another one here");
            }
        }

        @Override
        public String words(int number) {
            return number
                    + (from == From.ROW
                            ? " shuffles of each row's targets among its queries"
                            : " permutations of targets between rows");
        }

        @Override
        public String joint() {
            return "in";
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
            limited(times, "permutations");
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

        @Override
        public String joint() {
            return "in";
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
            limited(times, "draws");
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
            if (!analysis.estimates()) {
                throw new IllegalArgumentException(
                        "`random-directions` is a null for gradient-based attribution; use another one here");
            }
        }

        @Override
        public String words(int number) {
            return number + " draws of random directions with the norms of the differences";
        }

        @Override
        public String joint() {
            return "in";
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
            limited(times, "circuits");
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
            if (!analysis.comparesCircuits()) {
                throw new IllegalArgumentException(
                        "`random-circuits` is a null for `prune-edges` with `show: faithfulness`; use another one "
                                + "here");
            }
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

    /** Neurons that write what others of their layer write. */
    @Named("shuffled-neurons")
    @Doc(
            "The same cosines with the output weights of each layer's neurons in a random order: what is left does not depend "
                    + "on what a neuron itself writes. The statistic is the same as for `untrained`. For `read-write`.")
    @Example("{shuffled-neurons: {times: 20, seed: 5}}")
    record ShuffledNeurons(
            @Doc("Number of shuffles.") int times,

            @Doc("Seed of the first; each further one adds 1.")
            long seed) implements NullChoice {
        public ShuffledNeurons {
            limited(times, "shuffles");
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
            if (!(analysis instanceof ReadWrite)) {
                throw new IllegalArgumentException(
                        "`shuffled-neurons` is a null for `read-write`; use another one here");
            }
        }

        @Override
        public String words(int number) {
            return number + " shuffles of each layer's output weights among its neurons";
        }

        @Override
        public String joint() {
            return "in";
        }
    }

    /** Words of crossed prompts that no longer belong together. */
    @Named("shuffled-pairs")
    @Doc(
            "The same contrast with the words of the second factor exchanged between groups at random, so that they no longer "
                    + "belong to the words of the first. The statistic is the same as for `untrained`. For `contrast` of two factors.")
    @Example("{shuffled-pairs: {times: 20, seed: 5}}")
    record ShuffledPairs(
            @Doc("Number of shuffles.") int times,

            @Doc("Seed of the first; each further one adds 1.")
            long seed) implements NullChoice {
        public ShuffledPairs {
            limited(times, "shuffles");
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
            if (!(analysis instanceof Contrast contrast && contrast.factors().size() == 2)) {
                throw new IllegalArgumentException(
                        "`shuffled-pairs` is a null for `contrast` of two factors; use another one here");
            }
        }

        @Override
        public String words(int number) {
            return number + " shuffles of the second factor's words between groups";
        }

        @Override
        public String joint() {
            return "in";
        }
    }
}
