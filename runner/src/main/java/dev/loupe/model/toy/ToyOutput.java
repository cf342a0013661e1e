package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import dev.loupe.schema.annotation.Doc;

/** What a compute MLP does with its output values. */
public enum ToyOutput {
    @Doc("Outputs as they are")
    NONE {
        @Override
        NDArray apply(NDArray x) {
            return x;
        }
    },
    @Doc("max(output, 0)")
    RELU {
        @Override
        NDArray apply(NDArray x) {
            return Activation.relu(x);
        }
    },
    @Doc("1 / (1 + exp(-output))")
    SIGMOID {
        @Override
        NDArray apply(NDArray x) {
            return Activation.sigmoid(x);
        }
    };

    abstract NDArray apply(NDArray x);
}
