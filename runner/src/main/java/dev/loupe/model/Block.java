package dev.loupe.model;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.Site;
import org.jspecify.annotations.Nullable;

/** One block: attention, then (or beside it) the MLP, each adding to the residual stream. */
final class Block {
    private final TransformerConfig config;
    private final AttentionInputs inputs;
    private final Attention attention;
    private final @Nullable Norm ln2;
    private final @Nullable Mlp mlp;

    Block(Parameters weights, int layer, @Nullable Rotary rotary) {
        config = weights.config();
        inputs = new AttentionInputs(weights, layer);
        attention = new Attention(weights, layer, rotary);
        ln2 = config.attnOnly()
                ? null
                : new Norm(
                        weights,
                        config.normalizationType(),
                        "blocks." + layer + ".ln2.",
                        config.dModel(),
                        Site.LN2_SCALE,
                        Site.LN2_NORMALIZED);
        mlp = config.attnOnly() ? null : new Mlp(weights, layer);
    }

    /**
     * @param residual [..., pos, d_model]
     * @param queries for how many last positions to go on; the result has only those
     */
    NDArray apply(Frame frame, PassState pass, NDArray residual, long queries) {
        NDArray pre = frame.visit(Site.RESID_PRE, residual);
        long all = Ops.fromEnd(pre, 2);
        NDArray own = queries == all ? pre : Ops.slice(pre, 2, all - queries, all, frame.manager());
        NDArray attnOut =
                frame.visit(Site.ATTN_OUT, attention.apply(frame, pass, inputs.of(frame, pass, pre, queries)));
        NDArray sum = own.add(attnOut);
        if (mlp == null) {
            return frame.visit(Site.RESID_POST, sum);
        }
        if (config.parallelAttnMlp()) {
            return frame.visit(Site.RESID_POST, sum.addi(mlpOut(frame, own)));
        }
        NDArray mid = frame.visit(Site.RESID_MID, sum);
        return frame.visit(Site.RESID_POST, mid.add(mlpOut(frame, mid)));
    }

    private NDArray mlpOut(Frame frame, NDArray residual) {
        if (mlp == null || ln2 == null) {
            throw new IllegalStateException("an attention-only block has no MLP");
        }
        NDArray in = frame.visit(Site.MLP_IN, residual);
        return frame.visit(Site.MLP_OUT, mlp.apply(frame, ln2.apply(frame, in)));
    }
}
