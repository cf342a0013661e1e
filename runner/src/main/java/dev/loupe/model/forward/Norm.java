package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import dev.loupe.hook.Site;
import dev.loupe.model.config.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * LayerNorm or root-mean-square norm over the last axis, as TransformerLens computes it: centre (LayerNorm only), divide
 * by scale = sqrt(mean of squares + eps), then gain and bias.
 */
final class Norm {
    private final Normalization kind;
    private final double eps;
    private final @Nullable NDArray gain;
    private final @Nullable NDArray bias;
    private final NDArray ones;
    private final NDArray zeros;
    private final Site scaleSite;
    private final Site normalizedSite;

    /** @param at the start of its parameters' names ({@code blocks.0.ln1.}) */
    Norm(Parameters weights, Normalization kind, String at, int width, Site scaleSite, Site normalizedSite) {
        this.kind = kind;
        this.eps = weights.config().eps();
        this.gain = kind.hasGain() ? weights.get(at + "w") : null;
        this.bias = kind.hasBias() ? weights.get(at + "b") : null;
        this.ones = weights.manager().ones(new Shape(width), DataType.FLOAT32);
        this.zeros = weights.manager().zeros(new Shape(width), DataType.FLOAT32);
        this.scaleSite = scaleSite;
        this.normalizedSite = normalizedSite;
    }

    NDArray apply(Frame frame, NDArray x) {
        if (kind.isNone()) {
            return x;
        }
        if (!frame.wants(scaleSite) && !frame.wants(normalizedSite)) {
            return unwatched(frame, x);
        }
        NDArray centred = centred(x);
        NDArray scale = frame.visit(scaleSite, scale(centred));
        return gained(frame, frame.visit(normalizedSite, centred.div(scale)));
    }

    /** A norm of a sum, and what each summand is of it. */
    record Shares(NDArray whole, NDArray each) {}

    /**
     * The norm of a sum [..., pos, d_model], and of its summands [..., pos, head, d_model] under the scale of the sum. The bias
     * is in the whole alone.
     */
    Shares share(Frame frame, NDArray sum, NDArray summands) {
        NDArray centred = centred(sum);
        NDArray scale = frame.visit(scaleSite, scale(centred));
        NDArray whole = gained(frame, frame.visit(normalizedSite, centred.div(scale)));
        NDArray each = centred(summands).div(scale.expandDims(scale.getShape().dimension() - 1));
        return new Shares(
                whole, gain == null ? each : each.mul(Ops.lift(gain, each, frame.instances(), frame.manager())));
    }

    /**
     * The norm of per-head copies of {@code x}, [..., pos, head, d_model]. The hooks show the norm of {@code x} itself; a
     * scale that a visitor has put there is used for the copies too.
     */
    NDArray applyToCopies(Frame frame, NDArray copies, @Nullable NDArray frozenScale) {
        if (kind.isNone()) {
            return copies;
        }
        if (frozenScale == null) {
            return unwatched(frame, copies);
        }
        return gained(
                frame,
                centred(copies)
                        .div(frozenScale.expandDims(frozenScale.getShape().dimension() - 1)));
    }

    /** Shows scale and normalised value to the visitor; the scale if the visitor replaced it, else null. */
    @Nullable
    NDArray show(Frame frame, NDArray x) {
        if (kind.isNone() || (!frame.wants(scaleSite) && !frame.wants(normalizedSite))) {
            return null;
        }
        NDArray centred = centred(x);
        NDArray own = scale(centred);
        NDArray shown = frame.visit(scaleSite, own);
        frame.visit(normalizedSite, centred.div(shown));
        return shown == own ? null : shown;
    }

    private NDArray centred(NDArray x) {
        return kind.centres() ? x.sub(x.mean(new int[] {last(x)}, true)) : x;
    }

    private NDArray scale(NDArray centred) {
        return centred.square().mean(new int[] {last(centred)}, true).addi(eps).sqrt();
    }

    private static int last(NDArray x) {
        return x.getShape().dimension() - 1;
    }

    private NDArray unwatched(Frame frame, NDArray x) {
        if (!kind.centres()) {
            return gained(frame, x.div(scale(x)));
        }
        boolean direct = frame.instances() == 0 && gain != null && bias != null;
        NDArray normalized = LayerNorm.layerNorm(
                        x,
                        ones.getShape(),
                        direct && gain != null ? gain : ones,
                        direct && bias != null ? bias : zeros,
                        (float) eps)
                .singletonOrThrow();
        return direct ? normalized : gained(frame, normalized);
    }

    private NDArray gained(Frame frame, NDArray normalized) {
        NDArray out = normalized;
        if (gain != null) {
            out = out.mul(Ops.lift(gain, out, frame.instances(), frame.manager()));
        }
        if (bias != null) {
            out = out.addi(Ops.lift(bias, out, frame.instances(), frame.manager()));
        }
        return out;
    }
}
