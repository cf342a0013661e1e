package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.Site;
import dev.loupe.model.config.QkNorm;
import dev.loupe.model.config.TransformerConfig;

/**
 * The root-mean-square norm of a block's queries or keys, head by head or over all heads of a position together, times a
 * gain.
 */
final class HeadNorm {
    private final boolean together;
    private final double eps;
    private final NDArray gain;
    private final Site scaleSite;
    private final Site normalizedSite;

    /** @param at the start of its parameter's name ({@code blocks.0.attn.q_norm.}) */
    HeadNorm(Parameters weights, String at, Site scaleSite, Site normalizedSite) {
        TransformerConfig config = weights.config();
        this.together = config.qkNorm() == QkNorm.PROJECTION;
        this.eps = config.eps();
        this.gain = weights.get(at + "w");
        this.scaleSite = scaleSite;
        this.normalizedSite = normalizedSite;
    }

    /** x [..., pos, head, d_head]; the same shape comes out. */
    NDArray apply(Frame frame, NDArray x) {
        long heads = Ops.fromEnd(x, 2);
        long width = Ops.fromEnd(x, 1);
        NDArray scale = scale(x, heads, width);
        if (frame.wants(scaleSite)) {
            scale = frame.visit(scaleSite, together ? forEachHead(scale, heads) : scale);
        }
        NDArray normalized = frame.visit(normalizedSite, x.div(scale));
        NDArray byHead = together ? Ops.own(Ops.reshapeLast(gain, 1, heads, width), frame.manager()) : gain;
        return normalized.mul(Ops.lift(byHead, normalized, frame.instances(), frame.manager()));
    }

    /** [..., pos, head, 1], or [..., pos, 1, 1] where all heads have one. */
    private NDArray scale(NDArray x, long heads, long width) {
        NDArray one = together ? Ops.reshapeLast(x, 2, 1, heads * width) : x;
        return one.square()
                .mean(new int[] {one.getShape().dimension() - 1}, true)
                .addi(eps)
                .sqrt();
    }

    private static NDArray forEachHead(NDArray scale, long heads) {
        long[] shape = scale.getShape().getShape();
        shape[shape.length - 2] = heads;
        return scale.broadcast(new Shape(shape));
    }
}
