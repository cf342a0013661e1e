package dev.loupe.execute.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.edit.EditNumbers;
import dev.loupe.execute.edit.Editing;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Transformer;
import dev.loupe.plan.edit.AddedNoise;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.EmbeddingOf;
import dev.loupe.plan.edit.WithoutFrequencies;
import dev.loupe.resolve.TextEdits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What edits of a running text write: means over the positions of other texts, each read once. */
public final class TextActivations implements Editing.Values {
    private final Map<Integer, StepValue> means = new HashMap<>();
    private final NDManager manager;

    /**
     * @param encode a text's ids, as the running text's are made
     * @param manager owns what is written
     */
    public TextActivations(TextEdits edits, Transformer model, Function<String, int[]> encode, NDManager manager) {
        this.manager = manager;
        edits.means().forEach((id, mean) -> means.put(id, mean(model, encode.apply(mean.text()), mean)));
    }

    /** [1, ...]. */
    private StepValue.Activation mean(Transformer model, int[] ids, TextEdits.Mean asked) {
        try (NDManager scope = manager.newSubManager()) {
            Captures seen = new Captures(List.of(asked.point()), scope);
            model.forward(
                    ForwardRequest.of(TokenArrays.array(new int[][] {ids}, scope))
                            .withoutLogits(),
                    seen,
                    scope);
            NDArray kept = scope.create(asked.over().positions(ids));
            NDArray mean =
                    seen.get(asked.point()).get(new NDIndex(":, {}", kept)).mean(new int[] {1});
            return new StepValue.Activation(mean.getShape().getShape(), mean.toFloatArray());
        }
    }

    @Override
    public NDArray of(EditValue value, HookPoint point) {
        return value.accept(new EditNumbers(means, NO_ROWS, point, manager));
    }

    /** A running text has no rows, and what needs some is refused before it begins. */
    private static final EditNumbers.Rows NO_ROWS = new EditNumbers.Rows() {
        @Override
        public TokenRows tokens() {
            throw new IllegalStateException("a running text has no rows");
        }

        @Override
        public NDArray activation(int run, HookPoint point) {
            throw new IllegalStateException("a running text has no run #" + run);
        }

        @Override
        public NDArray noise(AddedNoise noise, NDManager scope) {
            throw new IllegalStateException("a running text has no rows to draw for " + noise);
        }

        @Override
        public NDArray embedding(EmbeddingOf other, NDManager scope) {
            throw new IllegalStateException("a running text has no rows that name " + other);
        }

        @Override
        public NDArray frequencies(WithoutFrequencies value, NDManager scope) {
            throw new IllegalStateException("a running text has no rows of numbers for " + value);
        }
    };
}
