package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import java.util.List;
import java.util.Map;

/** Shape of an MLP with one hidden layer from numbers to numbers (Elhage et al. 2022, "computation in superposition"). */
@Doc("One hidden layer from input numbers to output numbers; for functions such as AND of pairs")
@Example("{inputs: 6, hidden: 15, outputs: 15}")
public record ComputeMlpConfig(
        @Doc("Number of inputs") int inputs,
        @Doc("Hidden neurons") int hidden,
        @Doc("Number of outputs") int outputs,

        @Doc("Activation of the hidden layer") @Default("relu")
        ToyActivation activation,

        @Doc("Activation of the output") @Default("none") ToyOutput output)
        implements ToyConfig {
    public static final String W_IN = "W_in";
    public static final String B_IN = "b_in";
    public static final String W_OUT = "W_out";
    public static final String B_OUT = "b_out";

    public ComputeMlpConfig {
        if (inputs < 1 || hidden < 1 || outputs < 1) {
            throw new IllegalArgumentException("inputs, hidden and outputs must be at least 1");
        }
    }

    @Override
    public String kind() {
        return "compute-mlp";
    }

    @Override
    public int width() {
        return inputs;
    }

    @Override
    public int answers() {
        return outputs;
    }

    @Override
    public double dropout() {
        return 0;
    }

    /** Weights normal with variance 2 / inputs of their layer (He et al. 2015), biases zero. */
    @Override
    public List<ToyParameter> parameters() {
        return List.of(
                ToyParameter.read(W_IN, Math.sqrt(2.0 / inputs), inputs, hidden),
                ToyParameter.bias(B_IN, hidden, ToyParameter.HiddenAxis.COLUMNS),
                ToyParameter.written(W_OUT, Math.sqrt(2.0 / hidden), hidden, outputs),
                ToyParameter.bias(B_OUT, outputs, ToyParameter.HiddenAxis.NONE));
    }

    @Override
    public ComputeMlpConfig at(ToyActivation other, double dropout, int width) {
        if (dropout != 0) {
            throw new IllegalArgumentException("`dropout` is for toy autoencoders, not for a compute-mlp");
        }
        return new ComputeMlpConfig(inputs, width, outputs, other, output);
    }

    @Override
    public ComputeMlp network(Map<String, NDArray> parameters, InstanceActivations activations) {
        List<ToyParameter> all = parameters();
        return new ComputeMlp(
                all.get(0).of(parameters),
                all.get(1).of(parameters),
                all.get(2).of(parameters),
                all.get(3).of(parameters),
                activations,
                output);
    }
}
