package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shape of the pair-embedding MLP used for modular arithmetic (Gromov 2023 with activation quadratic). */
@Doc("One hidden layer over the sum of two embedded inputs; for modular arithmetic")
@Example("{inputs: 59, hidden: 256}")
public record PairEmbeddingMlpConfig(
        @Doc("Number of values of each input") int inputs,
        @Doc("Hidden neurons") int hidden,

        @Doc("Number of output classes; 0 for the number of inputs") @Default("0")
        int outputs,

        @Doc("Activation of the hidden layer") @Default("relu")
        ToyActivation activation,

        @Doc("Whether both inputs share one embedding") @Default("false")
        boolean shared)
        implements ToyConfig {
    public static final String A = "A";
    public static final String B = "B";
    public static final String U = "U";

    public PairEmbeddingMlpConfig {
        if (inputs < 1 || hidden < 1 || outputs < 0) {
            throw new IllegalArgumentException("inputs and hidden must be at least 1");
        }
    }

    public int classes() {
        return outputs == 0 ? inputs : outputs;
    }

    @Override
    public String kind() {
        return "pair-mlp";
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public int answers() {
        return classes();
    }

    @Override
    public double dropout() {
        return 0;
    }

    /** Embeddings and unembedding normal with variance 1 / (size of the space they read). */
    @Override
    public List<ToyParameter> parameters() {
        List<ToyParameter> all = new ArrayList<>();
        all.add(ToyParameter.read(A, 1 / Math.sqrt(inputs), inputs, hidden));
        if (!shared) {
            all.add(ToyParameter.read(B, 1 / Math.sqrt(inputs), inputs, hidden));
        }
        all.add(ToyParameter.written(U, 1 / Math.sqrt(hidden), hidden, classes()));
        return all;
    }

    @Override
    public PairEmbeddingMlpConfig at(ToyActivation other, double dropout, int width) {
        if (dropout != 0) {
            throw new IllegalArgumentException("`dropout` is for toy autoencoders, not for a pair-mlp");
        }
        return new PairEmbeddingMlpConfig(inputs, width, outputs, other, shared);
    }

    @Override
    public PairEmbeddingMlp network(Map<String, NDArray> parameters, InstanceActivations activations) {
        List<ToyParameter> all = parameters();
        NDArray a = all.get(0).of(parameters);
        NDArray b = shared ? a : all.get(1).of(parameters);
        return new PairEmbeddingMlp(a, b, all.get(all.size() - 1).of(parameters), activations);
    }
}
