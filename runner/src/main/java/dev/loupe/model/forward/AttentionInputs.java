package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.Site;
import dev.loupe.model.config.TransformerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Queries, keys and values of one block from its residual stream. One packed product where nothing stands against it;
 * apart where the positions enter queries and keys only (shortformer), where only the last queries are wanted, or where
 * someone asks for a copy of the input for each head.
 */
final class AttentionInputs {
    private final TransformerConfig config;
    private final Norm norm;
    private final NDArray weight;
    private final @Nullable NDArray bias;

    AttentionInputs(Parameters weights, int layer) {
        config = weights.config();
        String at = "blocks." + layer + ".";
        norm = new Norm(
                weights,
                config.inputNormalization(),
                at + "ln1.",
                config.dModel(),
                Site.LN1_SCALE,
                Site.LN1_NORMALIZED);
        weight = weights.get(at + "attn.W_QKV");
        bias = weights.bias(at + "attn.b_QKV");
    }

    /** @param queries how many last positions have queries */
    Attention.Inputs of(Frame frame, PassState pass, NDArray resid, long queries) {
        boolean copies = config.nKeyValueHeads() == config.nHeads() && frame.wants(Site.ATTN_IN);
        if (copies || frame.wants(Site.Q_INPUT) || frame.wants(Site.K_INPUT) || frame.wants(Site.V_INPUT)) {
            return fromCopies(frame, pass, resid, queries, copies);
        }
        NDArray x = norm.apply(frame, resid);
        NDArray positions = pass.shortformer();
        if (positions == null && queries == Ops.fromEnd(x, 2)) {
            return Attention.unpack(config, frame.linear(x, weight, bias));
        }
        NDArray placed = positions == null ? x : x.add(positions);
        int h = config.nHeads();
        int kv = config.nKeyValueHeads();
        return new Attention.Inputs(
                heads(frame, last(frame, placed, queries), 0, h),
                heads(frame, placed, h, kv),
                heads(frame, x, h + kv, kv));
    }

    /** What all of them are made from: the residual stream after the norm. */
    NDArray normalized(Frame frame, NDArray resid) {
        return norm.apply(frame, resid);
    }

    private static NDArray last(Frame frame, NDArray x, long queries) {
        long all = Ops.fromEnd(x, 2);
        return Ops.slice(x, 2, all - queries, all, frame.manager());
    }

    /** The product with the columns of some heads, [..., pos, head, d_head]. */
    private NDArray heads(Frame frame, NDArray x, int first, int count) {
        long from = (long) first * config.dHead();
        long to = from + (long) count * config.dHead();
        NDArray part = bias == null ? null : Ops.slice(bias, 1, from, to, frame.manager());
        NDArray y = frame.linear(x, Ops.slice(weight, 1, from, to, frame.manager()), part);
        return Ops.reshapeLast(y, 1, count, config.dHead());
    }

    private Attention.Inputs fromCopies(Frame frame, PassState pass, NDArray resid, long queries, boolean shared) {
        NDArray frozen = norm.show(frame, resid);
        int h = config.nHeads();
        int kv = config.nKeyValueHeads();
        NDArray base = shared ? frame.visit(Site.ATTN_IN, Ops.repeatForHeads(resid, h)) : null;
        NDArray q = input(frame, Site.Q_INPUT, base, resid, h);
        NDArray k = input(frame, Site.K_INPUT, base, resid, kv);
        NDArray v = input(frame, Site.V_INPUT, base, resid, kv);
        long all = Ops.fromEnd(resid, 2);
        return new Attention.Inputs(
                Ops.slice(project(frame, q, frozen, pass, 0, h), 3, all - queries, all, frame.manager()),
                project(frame, k, frozen, pass, h, kv),
                project(frame, v, frozen, null, h + kv, kv));
    }

    private static NDArray input(Frame frame, Site site, @Nullable NDArray base, NDArray resid, int heads) {
        return frame.visit(site, base != null ? base : Ops.repeatForHeads(resid, heads));
    }

    private NDArray project(
            Frame frame, NDArray copies, @Nullable NDArray frozen, @Nullable PassState pass, int first, int count) {
        NDArray x = norm.applyToCopies(frame, copies, frozen);
        NDArray positions = pass == null ? null : pass.shortformer();
        if (positions != null) {
            x = x.add(positions.expandDims(positions.getShape().dimension() - 1));
        }
        long from = (long) first * config.dHead();
        long to = from + (long) count * config.dHead();
        NDArray part = Ops.slice(weight, 1, from, to, frame.manager());
        NDArray byHead = Ops.swap(Ops.reshapeLast(part, 1, count, config.dHead()), 3, 2);
        NDArray y = frame.counted(Ops.perHead(x, byHead), config.dModel());
        if (bias == null) {
            return y;
        }
        NDArray biases = Ops.reshapeLast(Ops.slice(bias, 1, from, to, frame.manager()), 1, count, config.dHead());
        return y.add(Ops.lift(biases, y, frame.instances(), frame.manager()));
    }
}
