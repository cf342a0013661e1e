package dev.loupe.model.table;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.NextTokens;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.ForwardResult;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.TokenModel;
import java.util.Arrays;
import java.util.Objects;

/** Runs a table of probabilities as a model: its logits are their logarithms. It has no hook points and no weights. */
public record TableModel(NextTokens table) implements TokenModel {
    /** What is impossible has this probability, so that every logit is a number. */
    private static final double LEAST = 1e-30;

    @Override
    public ForwardResult forward(ForwardRequest pass, HookVisitor visitor, NDManager target) {
        NDArray tokens = Objects.requireNonNull(pass.tokens(), "a table has no blocks to begin in the middle of");
        int rows = (int) tokens.getShape().get(0);
        int length = (int) tokens.getShape().get(1);
        NDArray nothing = target.zeros(new Shape(rows, length, 1));
        if (!pass.logits()) {
            return new ForwardResult(nothing, null, null);
        }
        long[] ids = tokens.toLongArray();
        int[][] positions = pass.positions();
        int[] columns = pass.columns();
        int asked = positions == null ? length : positions[0].length;
        int width = columns == null ? table.vocabulary() : columns.length;
        float[] logits = new float[Math.multiplyExact(rows * asked, width)];
        for (int row = 0; row < rows; row++) {
            int[] own = Arrays.stream(ids, row * length, (row + 1) * length)
                    .mapToInt(Math::toIntExact)
                    .toArray();
            double[][] next = table.next(own);
            for (int k = 0; k < asked; k++) {
                double[] p = next[positions == null ? k : positions[row][k]];
                for (int c = 0; c < width; c++) {
                    double probability = Math.max(LEAST, p[columns == null ? c : columns[c]]);
                    logits[(row * asked + k) * width + c] = (float) Math.log(probability);
                }
            }
        }
        return new ForwardResult(nothing, target.create(logits, new Shape(rows, asked, width)), null);
    }

    @Override
    public Parameters parameters() {
        throw new IllegalStateException("a table of probabilities has no weights");
    }

    @Override
    public boolean causal() {
        return true;
    }
}
