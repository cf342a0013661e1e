package dev.loupe.resolve;

import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.resolve.rows.Rows;
import dev.loupe.spec.NullChanges;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a null changes in a measurement that is otherwise planned as it stands.
 *
 * @param model what becomes of the model
 * @param rows what becomes of a dataset's rows
 * @param patternsOf seed of the permutation that says which row's attention patterns a row gets; null leaves each its own
 * @param directions seed of random directions of equal norm in place of differences between runs; null leaves those
 * @param circuit seed of a random circuit in place of the one that was found; null leaves that
 */
record Variation(
        UnaryOperator<ModelInstance> model,
        UnaryOperator<RowSet> rows,
        @Nullable Long patternsOf,
        @Nullable Long directions,
        @Nullable Long circuit) {
    /** The measurement itself. */
    static final Variation NONE = of(null, null, null);

    private static Variation of(@Nullable Long patternsOf, @Nullable Long directions, @Nullable Long circuit) {
        return new Variation(UnaryOperator.identity(), UnaryOperator.identity(), patternsOf, directions, circuit);
    }

    /** @param data where shuffled rows are remembered */
    static NullChanges<Variation> of(Rows data) {
        return new NullChanges<>() {
            @Override
            public Variation untrained(long seed) {
                return new Variation(
                        model -> {
                            if (model.config() == null) {
                                throw new IllegalArgumentException("the `untrained` null needs a transformer");
                            }
                            return model.untrained(seed);
                        },
                        UnaryOperator.identity(),
                        null,
                        null,
                        null);
            }

            @Override
            public Variation shuffledTokens(long seed) {
                return new Variation(UnaryOperator.identity(), set -> data.shuffledTokens(set, seed), null, null, null);
            }

            @Override
            public Variation shuffledTargets(long seed, boolean ofOtherRows) {
                return new Variation(
                        UnaryOperator.identity(),
                        set -> data.shuffledTargets(set, seed, ofOtherRows),
                        null,
                        null,
                        null);
            }

            @Override
            public Variation shuffledPairs(long seed) {
                return new Variation(UnaryOperator.identity(), set -> data.shuffledPairs(set, seed), null, null, null);
            }

            @Override
            public Variation patternsOfOtherRows(long seed) {
                return of(seed, null, null);
            }

            @Override
            public Variation randomDirections(long seed) {
                return of(null, seed, null);
            }

            @Override
            public Variation randomCircuit(long seed) {
                return of(null, null, seed);
            }
        };
    }
}
