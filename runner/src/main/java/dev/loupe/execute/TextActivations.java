package dev.loupe.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.Captures;
import dev.loupe.model.ForwardPass;
import dev.loupe.model.Ops;
import dev.loupe.model.Transformer;
import dev.loupe.plan.EditValue;
import dev.loupe.resolve.TextEdits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What edits of a running text write: means over the positions of other texts, each read once. */
final class TextActivations implements Editing.Values {
    private final Map<Integer, NDArray> means = new HashMap<>();

    /**
     * @param encode a text's ids, as the running text's are made
     * @param keep owns the means
     */
    TextActivations(TextEdits edits, Transformer model, Function<String, int[]> encode, NDManager keep) {
        edits.means().forEach((id, mean) -> means.put(id, mean(model, encode.apply(mean.text()), mean.point(), keep)));
    }

    /** [1, 1, ...]. */
    private static NDArray mean(Transformer model, int[] ids, HookPoint point, NDManager keep) {
        try (NDManager scope = keep.newSubManager()) {
            Captures seen = new Captures(List.of(point), scope);
            model.forward(ForwardPass.of(Pass.tokens(new int[][] {ids}, scope)).withoutLogits(), seen, scope);
            return Ops.alias(seen.get(point).mean(new int[] {1}, true), keep);
        }
    }

    private NDArray known(int id) {
        NDArray mean = means.get(id);
        if (mean == null) {
            throw new IllegalStateException("no mean of step " + id);
        }
        return mean;
    }

    @Override
    public NDArray of(EditValue value, HookPoint point) {
        if (value instanceof EditValue.MeanOf mean) {
            return known(mean.summary());
        }
        if (value instanceof EditValue.Along along) {
            NDArray direction = known(along.toward()).sub(known(along.away()));
            if (along.projectOut() && direction.square().sum().toFloatArray()[0] == 0) {
                throw new IllegalArgumentException(
                        "the means of " + point.name() + " are equal: there is no direction to project out");
            }
            return direction;
        }
        throw new IllegalStateException("no value for " + value);
    }
}
