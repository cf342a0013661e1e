package dev.loupe.plan;

import java.util.function.IntUnaryOperator;

/**
 * The same activation of the same row in the same cell of another swept run: what a first pass of path patching recorded. The
 * cells of that run have the indices of the cells that write it.
 */
public record FromCell(int forward) implements EditValue {
    @Override
    public int run() {
        return forward;
    }

    @Override
    public FromCell renamed(IntUnaryOperator names) {
        return new FromCell(names.applyAsInt(forward));
    }

    @Override
    public String toString() {
        return "from the same cell of #" + forward;
    }
}
