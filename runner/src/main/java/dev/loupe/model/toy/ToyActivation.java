package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.loupe.model.forward.Scaling;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;

/** Pointwise activations of the toy models. */
public enum ToyActivation {
    @Doc("max(x, 0)")
    RELU {
        @Override
        public NDArray apply(NDArray x) {
            return Activation.relu(x);
        }
    },
    @Doc("x Phi(x), exact")
    GELU {
        @Override
        public NDArray apply(NDArray x) {
            return Activation.gelu(x);
        }
    },
    @Key("gelu_new")
    @Doc("The tanh approximation of GELU")
    GELU_NEW {
        @Override
        public NDArray apply(NDArray x) {
            NDArray cubic = x.add(Scaling.times(x.mul(x).mul(x), 0.044715));
            NDArray inner = Scaling.times(cubic, Math.sqrt(2 / Math.PI));
            return Scaling.times(x.mul(inner.tanh().add(1f)), 0.5);
        }
    },
    @Doc("x sigmoid(x)")
    SILU {
        @Override
        public NDArray apply(NDArray x) {
            return x.mul(Activation.sigmoid(x));
        }
    },
    @Doc("x where positive, 0.01 x elsewhere")
    LEAKY {
        @Override
        public NDArray apply(NDArray x) {
            return Activation.leakyRelu(x, 0.01f);
        }
    },
    @Doc("x squared")
    QUADRATIC {
        @Override
        public NDArray apply(NDArray x) {
            return x.mul(x);
        }
    },
    @Doc("x unchanged: the linear model")
    NONE {
        @Override
        public NDArray apply(NDArray x) {
            return x;
        }
    };

    public abstract NDArray apply(NDArray x);

    /** Whether a positive factor passes through it, so that what a neuron reads can be scaled against what it writes. */
    public boolean passesScale() {
        return this == RELU || this == LEAKY || this == NONE;
    }
}
