package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.Site;
import dev.loupe.model.config.TransformerConfig;
import org.jspecify.annotations.Nullable;

/** Final norm and product with the output vocabulary, of all positions and ids or of those that are wanted. */
final class Unembedding {
    private final Norm norm;
    private final NDArray weight;
    private final NDArray wideWeight;
    private final @Nullable NDArray bias;
    private final @Nullable NDArray wideBias;
    private final double softCap;

    Unembedding(Parameters weights) {
        TransformerConfig config = weights.config();
        softCap = config.outputLogitsSoftCap();
        norm = new Norm(
                weights,
                config.finalNormalization(),
                "ln_final.",
                config.dModel(),
                Site.LN_FINAL_SCALE,
                Site.LN_FINAL_NORMALIZED);
        weight = weights.get("unembed.W_U");
        wideWeight = weights.wide("unembed.W_U");
        bias = weights.bias("unembed.b_U");
        long margin = Ops.fromEnd(wideWeight, 1) - Ops.fromEnd(weight, 1);
        wideBias = bias == null || margin == 0
                ? bias
                : bias.concat(weights.manager().zeros(new Shape(margin)));
    }

    NDArray apply(Frame frame, ForwardRequest pass, NDArray residual) {
        NDArray x = Ops.atPositions(residual, pass.positions(), frame.instances(), frame.manager());
        NDArray in = frame.visit(Site.UNEMBED_IN, norm.apply(frame, x));
        int[] columns = pass.columns();
        NDArray logits = columns == null ? all(frame, in) : some(frame, in, columns);
        NDArray shown = frame.visit(Site.UNEMBED_OUT, logits);
        return softCap == -1 ? shown : Scaling.softCapped(shown, softCap);
    }

    /** Of every token, the margin cut off. */
    private NDArray all(Frame frame, NDArray in) {
        NDArray logits = Ops.linear(in, wideWeight, wideBias, frame.instances(), frame.manager());
        return frame.counted(Ops.slice(logits, 1, 0, Ops.fromEnd(weight, 1), frame.manager()), Ops.fromEnd(in, 1));
    }

    private NDArray some(Frame frame, NDArray in, int[] columns) {
        NDManager manager = frame.manager();
        if (frame.instances() > 0) {
            throw new UnsupportedOperationException("single columns of models with an instance axis");
        }
        long[] ids = new long[columns.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = columns[i];
            if (columns[i] < 0 || columns[i] >= Ops.fromEnd(weight, 1)) {
                throw new IllegalArgumentException("id " + columns[i] + " of " + Ops.fromEnd(weight, 1));
            }
        }
        NDArray index = Ops.index(manager, ids);
        NDArray byId = Ops.own(Ops.own(weight.transpose(), manager).get(index), manager);
        return frame.linear(in, byId.transpose(), bias == null ? null : Ops.own(bias.get(index), manager));
    }
}
