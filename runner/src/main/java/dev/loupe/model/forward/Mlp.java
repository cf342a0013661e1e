package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.loupe.hook.Site;
import dev.loupe.model.config.TransformerConfig;
import org.jspecify.annotations.Nullable;

/** The MLP of one block: act(x W_in + b_in) W_out + b_out, or gated (act(x W_gate) * x W_in + b_in) W_out + b_out. */
final class Mlp {
    private final TransformerConfig config;
    private final NDArray in;
    private final @Nullable NDArray inBias;
    private final NDArray out;
    private final @Nullable NDArray outBias;
    private final @Nullable Norm inner;

    Mlp(Parameters weights, int layer) {
        config = weights.config();
        String at = "blocks." + layer + ".mlp.";
        in = weights.get(at + (config.gatedMlp() ? "W_gate_in" : "W_in"));
        inBias = weights.bias(at + "b_in");
        out = weights.get(at + "W_out");
        outBias = weights.bias(at + "b_out");
        inner = config.actFn().hasNorm()
                ? new Norm(
                        weights,
                        config.innerNormalization(),
                        at + "ln.",
                        config.dMlp(),
                        Site.MLP_LN_SCALE,
                        Site.MLP_LN_NORMALIZED)
                : null;
    }

    /** x [..., pos, d_model], already normalised; the same shape comes out. */
    NDArray apply(Frame frame, NDArray x) {
        return frame.linear(neurons(frame, x), out, outBias);
    }

    /** What its neurons are [..., pos, d_mlp]. */
    NDArray neurons(Frame frame, NDArray x) {
        NDArray post = inner == null
                ? activated(frame, x)
                : inner.apply(frame, frame.visit(Site.MLP_MID, activated(frame, x)));
        return frame.visit(Site.MLP_POST, post);
    }

    private NDArray activated(Frame frame, NDArray x) {
        if (!config.gatedMlp()) {
            return activate(frame.visit(Site.MLP_PRE, frame.linear(x, in, inBias)));
        }
        NDArray both = frame.counted(Ops.product(x, in, frame.instances()), config.dModel());
        NDList sides = both.split(new long[] {config.dMlp()}, both.getShape().dimension() - 1);
        NDArray gate = activate(frame.visit(Site.MLP_PRE, sides.get(0)));
        NDArray gated = gate.mul(frame.visit(Site.MLP_PRE_LINEAR, sides.get(1)));
        return inBias == null ? gated : gated.addi(Ops.lift(inBias, gated, frame.instances(), frame.manager()));
    }

    private NDArray activate(NDArray x) {
        return switch (config.actFn()) {
            case RELU -> ai.djl.nn.Activation.relu(x);
            case GELU -> ai.djl.nn.Activation.gelu(x);
            case GELU_NEW -> tanhGelu(x, Math.sqrt(2 / Math.PI));
            case GELU_FAST -> tanhGelu(x, 0.7978845608);
            case QUICK_GELU -> x.mul(ai.djl.nn.Activation.sigmoid(Scaling.times(x, 1.702)));
            case SILU -> x.mul(ai.djl.nn.Activation.sigmoid(x));
            case SOLU, SOLU_LN -> x.mul(x.softmax(x.getShape().dimension() - 1));
        };
    }

    /** 0.5 x (1 + tanh(c (x + 0.044715 x^3))) written as x sigmoid(2 c x (1 + 0.044715 x^2)), which takes fewer passes. */
    private static NDArray tanhGelu(NDArray x, double c) {
        try (NDArray inner = Scaling.timesInPlace(x.square(), 2 * c * 0.044715);
                NDArray gate = ai.djl.nn.Activation.sigmoid(inner.addi(2 * c).muli(x))) {
            return gate.mul(x);
        }
    }
}
