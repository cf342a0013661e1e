package dev.loupe.resolve;

import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.resolve.rows.Rows;
import dev.loupe.spec.chance.NullChanges;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a null changes in a measurement that is otherwise planned as it stands.
 *
 * @param model what becomes of the model
 * @param rows what becomes of a dataset's rows
 * @param seeds what is drawn at random inside the measurement, each with its seed
 */
record Variation(UnaryOperator<ModelInstance> model, UnaryOperator<RowSet> rows, Map<Redrawn, Long> seeds) {
    /** The measurement itself. */
    static final Variation NONE = new Variation(UnaryOperator.identity(), UnaryOperator.identity(), Map.of());

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
                        Map.of());
            }

            @Override
            public Variation shuffledTokens(long seed) {
                return ofRows(set -> data.shuffledTokens(set, seed));
            }

            @Override
            public Variation shuffledTargets(long seed, boolean ofOtherRows) {
                return ofRows(set -> data.shuffledTargets(set, seed, ofOtherRows));
            }

            @Override
            public Variation shuffledPairs(long seed) {
                return ofRows(set -> data.shuffledPairs(set, seed));
            }

            @Override
            public Variation redrawn(Redrawn what, long seed) {
                return new Variation(UnaryOperator.identity(), UnaryOperator.identity(), Map.of(what, seed));
            }
        };
    }

    private static Variation ofRows(UnaryOperator<RowSet> rows) {
        return new Variation(UnaryOperator.identity(), rows, Map.of());
    }
}
