package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.loupe.hook.Site;
import dev.loupe.model.config.TransformerConfig;
import org.jspecify.annotations.Nullable;

/** Scores, pattern and output of one block's attention; what it reads is made by {@link AttentionInputs}. */
final class Attention {
    private final TransformerConfig config;
    private final int layer;
    private final NDArray out;
    private final @Nullable NDArray outBias;
    private final @Nullable HeadNorm queryNorm;
    private final @Nullable HeadNorm keyNorm;
    private final @Nullable Rotary rotary;

    /** Queries [..., pos, head, d_head], keys and values [..., pos, kv_head, d_head], before norms and rotation. */
    record Inputs(NDArray q, NDArray k, NDArray v) {}

    Attention(Parameters weights, int layer, @Nullable Rotary rotary) {
        this.config = weights.config();
        this.layer = layer;
        this.rotary = rotary;
        String at = "blocks." + layer + ".attn.";
        boolean normalized = !config.qkNorm().isNone();
        queryNorm =
                normalized ? new HeadNorm(weights, at + "q_norm.", Site.Q_NORM_SCALE, Site.Q_NORM_NORMALIZED) : null;
        keyNorm = normalized ? new HeadNorm(weights, at + "k_norm.", Site.K_NORM_SCALE, Site.K_NORM_NORMALIZED) : null;
        out = weights.get(at + "W_O");
        outBias = weights.bias(at + "b_O");
    }

    /**
     * What attention writes, before a norm on it.
     *
     * @param sum [..., query, d_model]
     * @param byHead [..., query, head, d_model], the output bias not in it; null where nobody asks for it
     */
    record Written(NDArray sum, @Nullable NDArray byHead) {}

    Written apply(Frame frame, PassState pass, Inputs inputs) {
        NDArray q = frame.visit(Site.Q, inputs.q());
        NDArray k = frame.visit(Site.K, inputs.k());
        NDArray v = frame.visit(Site.V, inputs.v());
        if (queryNorm != null && keyNorm != null) {
            q = queryNorm.apply(frame, q);
            k = keyNorm.apply(frame, k);
        }
        if (rotary != null) {
            long keys = Ops.fromEnd(k, 3);
            long queries = Ops.fromEnd(q, 3);
            q = frame.visit(Site.ROT_Q, rotary.turn(q, pass.turn(rotary, queries, keys)));
            k = frame.visit(Site.ROT_K, rotary.turn(k, pass.turn(rotary, keys, keys)));
        }
        KeyValues.Layer joined = pass.join(layer, k, v, frame.manager());
        return output(frame, mixed(frame, pass, q, joined));
    }

    /** The same from what its heads read, z [..., query, head, d_head]. */
    Written output(Frame frame, NDArray mixed) {
        NDArray z = frame.visit(Site.Z, mixed);
        return frame.wants(Site.RESULT) || frame.wants(Site.RESULT_POST)
                ? byHead(frame, z)
                : new Written(frame.linear(Ops.reshapeLast(z, 2, width()), out, outBias), null);
    }

    private long width() {
        return (long) config.nHeads() * config.dHead();
    }

    /** z [..., query, head, d_head]. */
    private NDArray mixed(Frame frame, PassState pass, NDArray q, KeyValues.Layer kv) {
        int heads = config.nHeads();
        int shared = config.nKeyValueHeads();
        long group = heads / shared;
        long queries = Ops.fromEnd(q, 3);
        long keys = kv.length();
        // The queries that share a key head are rows of one product: [..., kv_head, group * query, d_head].
        NDArray rows = Ops.swap(Scaling.times(q, 1 / config.scoreDivisor(layer)), 3, 2);
        NDArray scores = frame.counted(
                Ops.times(regroup(rows, shared, group * queries), columns(kv.keys()), out.getDataType()),
                config.dHead());
        scores = regroup(scores, heads, queries);
        if (config.attnScoresSoftCap() != -1) {
            scores = Scaling.softCapped(scores, config.attnScoresSoftCap());
        }
        NDArray mask = pass.mask().of(layer, queries, keys);
        if (mask != null) {
            scores = scores.addi(mask);
        }
        NDArray seen = frame.visit(Site.ATTN_SCORES, scores);
        NDArray pattern = seen.softmax(seen.getShape().dimension() - 1);
        if (seen != scores) {
            // Only an edit can hide every key of a query, which makes its row NaN.
            NDArray undefined = pattern.isNaN();
            pattern = ai.djl.ndarray.NDArrays.where(undefined, pattern.zerosLike(), pattern);
        }
        pattern = frame.visit(Site.PATTERN, pattern);
        NDArray z = frame.counted(
                Ops.times(regroup(pattern, shared, group * queries), Ops.swap(kv.values(), 3, 2), out.getDataType()),
                keys);
        return Ops.swap(regroup(z, heads, queries), 3, 2);
    }

    /**
     * [..., head, query, n] with other heads and queries; the array itself where every head has its own keys, since a
     * view that is then written into costs its gradient two copies.
     */
    private static NDArray regroup(NDArray x, long heads, long queries) {
        return Ops.fromEnd(x, 3) == heads ? x : Ops.reshapeLast(x, 3, heads, queries, Ops.fromEnd(x, 1));
    }

    /** [..., key, kv_head, d_head] to [..., kv_head, d_head, key]. */
    private static NDArray columns(NDArray keys) {
        return Ops.swap(Ops.swap(keys, 3, 2), 2, 1);
    }

    private Written byHead(Frame frame, NDArray z) {
        NDArray weight =
                Ops.own(Ops.reshapeLast(out, 2, config.nHeads(), config.dHead(), config.dModel()), frame.manager());
        NDArray result = frame.visit(Site.RESULT, frame.counted(Ops.perHead(z, weight), config.dHead()));
        NDArray sum = result.sum(new int[] {result.getShape().dimension() - 2});
        NDArray biased = outBias == null ? sum : sum.addi(Ops.lift(outBias, sum, frame.instances(), frame.manager()));
        return new Written(biased, result);
    }

    /** The three parts of one packed product [..., pos, (head + 2 kv_head) * d_head]. */
    static Inputs unpack(TransformerConfig config, NDArray packed) {
        NDArray heads = Ops.reshapeLast(packed, 1, config.packedHeads(), config.dHead());
        NDList parts = heads.split(
                new long[] {config.nHeads(), config.nHeads() + config.nKeyValueHeads()},
                heads.getShape().dimension() - 2);
        return new Inputs(parts.get(0), parts.get(1), parts.get(2));
    }
}
