package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.Site;
import dev.loupe.model.config.TransformerConfig;
import org.jspecify.annotations.Nullable;

/** One block: attention, then (or beside it) the MLP, each adding to the residual stream. */
final class Block {
    private final TransformerConfig config;
    private final AttentionInputs inputs;
    private final Attention attention;
    private final Norm ln1Post;
    private final @Nullable Norm ln2;
    private final @Nullable Mlp mlp;
    private final @Nullable Norm ln2Post;

    Block(Parameters weights, int layer, @Nullable Rotary rotary) {
        config = weights.config();
        inputs = new AttentionInputs(weights, layer);
        attention = new Attention(weights, layer, rotary);
        int d = config.dModel();
        String at = "blocks." + layer + ".";
        ln1Post = new Norm(
                weights,
                config.outputNormalization(),
                at + "ln1_post.",
                d,
                Site.LN1_POST_SCALE,
                Site.LN1_POST_NORMALIZED);
        if (config.attnOnly()) {
            ln2 = null;
            mlp = null;
            ln2Post = null;
            return;
        }
        ln2 = new Norm(weights, config.inputNormalization(), at + "ln2.", d, Site.LN2_SCALE, Site.LN2_NORMALIZED);
        mlp = new Mlp(weights, layer);
        ln2Post = new Norm(
                weights,
                config.outputNormalization(),
                at + "ln2_post.",
                d,
                Site.LN2_POST_SCALE,
                Site.LN2_POST_NORMALIZED);
    }

    /**
     * @param residual [..., pos, d_model]
     * @param queries for how many last positions to go on; the result has only those
     * @param entry where in the block to begin; null for its beginning
     * @param exit where in it to end, with whatever residual stream there is; null for its end
     */
    NDArray apply(
            Frame frame, PassState pass, NDArray residual, long queries, @Nullable Entry entry, @Nullable Site exit) {
        if (Entry.is(entry, Site.RESID_MID)) {
            return afterMid(frame, last(frame, residual, 2, queries), exit);
        }
        NDArray pre = entry == null ? frame.visit(Site.RESID_PRE, residual) : residual;
        NDArray own = last(frame, pre, 2, queries);
        NDArray attnOut = frame.visit(Site.ATTN_OUT, added(frame, attended(frame, pass, pre, queries, entry)));
        NDArray sum = own.add(attnOut);
        if (mlp == null) {
            return frame.visit(Site.RESID_POST, sum);
        }
        if (config.parallelAttnMlp()) {
            return exit == null
                    ? frame.visit(Site.RESID_POST, sum.addi(mlpOut(frame, own)))
                    : toNeurons(frame, own, exit);
        }
        return afterMid(frame, sum, exit);
    }

    /** What attention reads of a residual stream [..., pos, d_model]. */
    NDArray attentionInput(Frame frame, NDArray residual) {
        return inputs.normalized(frame, residual);
    }

    /** What attention adds to the residual stream, of what it writes. */
    private NDArray added(Frame frame, Attention.Written written) {
        NDArray byHead = written.byHead();
        if (byHead == null || !frame.wants(Site.RESULT_POST)) {
            return ln1Post.apply(frame, written.sum());
        }
        Norm.Shares shares = ln1Post.share(frame, written.sum(), byHead);
        NDArray seen = frame.visit(Site.RESULT_POST, shares.each());
        int heads = seen.getShape().dimension() - 2;
        return seen == shares.each()
                ? shares.whole()
                : shares.whole().add(seen.sub(shares.each()).sum(new int[] {heads}));
    }

    private Attention.Written attended(Frame frame, PassState pass, NDArray pre, long queries, @Nullable Entry entry) {
        if (entry == null) {
            return attention.apply(frame, pass, inputs.of(frame, pass, pre, queries));
        }
        if (entry.at() == Site.Z) {
            return attention.output(frame, last(frame, entry.value(Site.Z), 3, queries));
        }
        NDArray q = last(frame, entry.value(Site.Q), 3, queries);
        return attention.apply(frame, pass, new Attention.Inputs(q, entry.value(Site.K), entry.value(Site.V)));
    }

    private NDArray afterMid(Frame frame, NDArray residual, @Nullable Site exit) {
        NDArray mid = frame.visit(Site.RESID_MID, residual);
        return exit == null ? frame.visit(Site.RESID_POST, mid.add(mlpOut(frame, mid))) : toNeurons(frame, mid, exit);
    }

    /** As far as an exit: nothing of the MLP, or all but what it writes. */
    private NDArray toNeurons(Frame frame, NDArray residual, Site exit) {
        if (exit == Site.MLP_POST && mlp != null) {
            NDArray unused = mlp.neurons(frame, normalized(frame, residual));
        }
        return residual;
    }

    /** The last positions of an axis that is counted from the end; the array itself where that is all. */
    private static NDArray last(Frame frame, NDArray x, int axis, long count) {
        long all = Ops.fromEnd(x, axis);
        return count == all ? x : Ops.slice(x, axis, all - count, all, frame.manager());
    }

    private NDArray mlpOut(Frame frame, NDArray residual) {
        if (mlp == null || ln2Post == null) {
            throw new IllegalStateException("an attention-only block has no MLP");
        }
        return frame.visit(Site.MLP_OUT, ln2Post.apply(frame, mlp.apply(frame, normalized(frame, residual))));
    }

    /** What the MLP reads of a residual stream. */
    private NDArray normalized(Frame frame, NDArray residual) {
        if (ln2 == null) {
            throw new IllegalStateException("an attention-only block has no MLP");
        }
        return ln2.apply(frame, frame.visit(Site.MLP_IN, residual));
    }
}
